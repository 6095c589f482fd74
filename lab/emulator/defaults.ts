import type { EmulatorOptions } from './options';

/** The organization of the default keys, and a second one to whom nothing of it is visible. */
export const ORGANIZATION = '11111111-2222-4333-8444-555555555555';
export const OTHER_ORGANIZATION = '99999999-2222-4333-8444-555555555555';

const EVALUATION_SCOPES = ['evaluations:create', 'evaluations:read', 'evaluations:edit'];
const ASSET_SCOPES = ['assets:create', 'assets:read', 'assets:edit'];
const ALL_SCOPES = [...EVALUATION_SCOPES, ...ASSET_SCOPES, 'credit_balance:read'];

/** Fast answers, no faults, no limits that a test did not ask for. */
export function defaultOptions(): EmulatorOptions {
	return {
		port: 0,
		seed: 1,
		maxBodyBytes: 96 * 1024 * 1024,
		keys: [
			{ key: 'rf_live_full', scopes: ALL_SCOPES, organization: ORGANIZATION },
			{ key: 'rf_live_second', scopes: ALL_SCOPES, organization: ORGANIZATION },
			{ key: 'rf_live_readonly', scopes: ['evaluations:read'], organization: ORGANIZATION },
			{
				key: 'rf_live_noassets',
				scopes: EVALUATION_SCOPES,
				organization: ORGANIZATION,
			},
			{ key: 'rf_live_noscopes', scopes: [], organization: ORGANIZATION },
			{ key: 'rf_live_other', scopes: ALL_SCOPES, organization: OTHER_ORGANIZATION },
		],
		balance: null,
		jobClasses: [
			{ code: 'standard', name: 'Standard', price: '0.400000', is_active: true },
			{ code: 'priority', name: 'Priority', price: '0.900000', is_active: false },
		],
		jobClassesForm: 'items',
		jobClassPriceKey: 'price',
		inFlightCap: 1000,
		worksOnAtOnce: null,
		inFlightErrorCode: 'TOO_MANY_IN_FLIGHT',
		rateLimitPerSecond: null,
		rateLimitBurst: null,
		retryAfterSeconds: null,
		rateLimitHeaders: false,
		clockAheadMs: 0,
		latency: { distribution: 'uniform', minMs: 30, maxMs: 60 },
		speed: 1,
		runningAfterFraction: 0.3,
		outcome: null,
		syntheticPassFraction: 0.7,
		unknownStatus: null,
		nullVerdictFraction: 0,
		failureFraction: 0,
		failureCodes: ['processing_failed', 'invalid_media'],
		images: null,
		allowHttpPrefix: null,
		lengthCaps: {
			task_type: 255,
			task_description: 4000,
			generation_prompt: 10_000,
			evaluation_instructions: 4000,
			client_ref: 255,
			callback_url: 2048,
		},
		callbackUrlHttpsOnly: false,
		errorEnvelope: 'documented',
		validationErrorForm: 'field',
		submitAnswer: 'short',
		idempotencyScope: 'organization',
		idempotencyConflictStatus: 409,
		idempotencyInProgressMs: 0,
		idempotencyReplayStatus: 202,
		earlyNotFoundMs: 0,
		upperCaseIds: false,
		malformedIdStatus: 404,
		embedsWhenNotAsked: 'absent',
		answerDelayMs: 0,
		slowAnswerMs: 1500,
		dripMs: 1000,
		faults: { rate: 0, kinds: [] },
		nextFaults: [],
		forcedAnswers: [],
		assetUploadExpiryMs: 15 * 60 * 1000,
		assetMimeTypes: [
			'image/png',
			'image/jpeg',
			'image/webp',
			'image/gif',
			'image/avif',
			'image/tiff',
		],
		repeatedConfirmation: 'replay',
		callbackForm: 'flat',
		callbackSecret: null,
		callbackRetryDelaysMs: [1000, 5000, 30_000],
		callbackTimeoutMs: 5000,
		callbackDelayMs: 0,
		callbackShuffle: false,
		callbackDuplicates: 1,
		callbackDuplicatesConcurrent: false,
		strangerCallbacks: false,
		onRequest: null,
	};
}
