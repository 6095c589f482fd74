import type { EmulatorOptions } from './options';

/** Other backends that the documentation allows, each with all its ways at once. */
export const PRESETS = {
	/** Reads bodies by a schema, as FastAPI does: 422 with a list, `{ detail }`, https callbacks alone. */
	strict: {
		errorEnvelope: 'detail',
		validationErrorForm: 'loc',
		malformedIdStatus: 422,
		submitAnswer: 'full',
		textEcho: 'tidied',
		embedsWhenNotAsked: 'null',
		jobClassesForm: 'array',
		jobClassPriceKey: 'unit_price',
		runEvaluationsForm: 'array',
		runWithoutEvaluations: 404,
		callbackUrlHttpsOnly: true,
	},
	/** Behind a firewall, a limit of its own and a layer that stores what was answered first. */
	gateway: {
		errorEnvelope: 'nested',
		firewall: [
			{ matches: /<script>/i, answer: 'page' },
			{ matches: /\bselect\b.+\bfrom\b|\bunion\b.+\bselect\b/i, answer: 'json' },
		],
		rateLimitPerSecond: 30,
		rateLimitAnswer: 'page',
		storesRefusals: true,
		balanceForm: 'cents',
	},
	/** Event-driven: accepts without a body, tells every status, and only the ID of what it is about. */
	events: {
		submitAnswer: 'location',
		callbackForm: 'object',
		callbackEvents: 'everyStatus',
		callbackUrlEcho: 'null',
		earlyNotFoundMs: 1_000,
		idempotencyReplayStatus: 200,
		upperCaseIds: true,
	},
} satisfies Record<string, Partial<EmulatorOptions>>;

export type Preset = keyof typeof PRESETS;

export function isPreset(name: string): name is Preset {
	return name in PRESETS;
}
