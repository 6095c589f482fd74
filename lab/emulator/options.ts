import type {
	ApiKey,
	EvaluationRecord,
	FaultKind,
	RequestRecord,
	ScriptedOutcome,
	Submission,
} from './types';

/** How long an evaluation takes; `manual` leaves it open until `settle` is called. */
export type Latency =
	| { distribution: 'fixed'; minMs: number }
	| { distribution: 'uniform'; minMs: number; maxMs: number }
	| { distribution: 'lognormal'; medianMs: number; sigma: number; minMs: number; maxMs: number }
	| 'manual';

export interface JobClass {
	code: string;
	name: string;
	price: string;
	is_active: boolean;
}

/** Faults for the next `count` requests that match. */
export interface NextFault {
	method?: string;
	pathPrefix?: string;
	kind: FaultKind;
	count: number;
	/** For the status kinds: do the work first, then answer with the error. Default false. */
	afterWork?: boolean;
}

/** A fixed answer that replaces whatever the emulator would have said, before any check. */
export interface ForcedAnswer {
	method?: string;
	pathPrefix: string;
	status: number;
	/** A string is sent as it is, anything else as JSON. */
	body?: unknown;
	headers?: Record<string, string>;
	/** Absent: for ever. */
	count?: number;
}

export interface FaultOptions {
	/** Share of requests that go wrong, 0 to 1. */
	rate: number;
	kinds: FaultKind[];
	/** Share of the status faults that strike after the work was done. Default 0.5. */
	afterWorkFraction?: number;
	only?: (method: string, path: string) => boolean;
}

/** `errors[]` on a 422; the item shape is not documented. */
export type ValidationErrorForm = 'field' | 'loc' | 'strings' | 'map';
export type ErrorEnvelope = 'documented' | 'nested' | 'errorString' | 'detail' | 'html' | 'plain';
export type CallbackForm =
	| 'flat'
	| 'envelope'
	| 'nestedEvaluation'
	| 'nestedData'
	| 'nestedOutput'
	/** `{ type, data: { object: { id } } }`, of the evaluation its ID alone. */
	| 'object';

/** A request whose body matches is refused with 403: by a page, or as an API gateway does it. */
export interface FirewallRule {
	matches: RegExp;
	answer: 'page' | 'json';
}

export type OutcomeScript =
	| Record<string, ScriptedOutcome>
	| ((body: Submission, record: EvaluationRecord) => ScriptedOutcome | undefined);

/**
 * Every switch of the emulator. The object on a running emulator is live: a change takes effect
 * with the next request (`port` and `maxBodyBytes` are read once, at the start).
 */
export interface EmulatorOptions {
	port: number;
	/** Ids, latencies, verdicts and faults derive from it: same seed, same run. */
	seed: number;
	maxBodyBytes: number;
	keys: ApiKey[];
	/** Balance of the first key's organization, decimal string; billing lowers it. Null: no limit. */
	balance: string | null;
	jobClasses: JobClass[];
	jobClassesForm: 'items' | 'array';
	jobClassPriceKey: 'price' | 'price_credits' | 'unit_price' | 'cost';
	/** Whether texts come back as they were sent, or trimmed and with composed accents. */
	textEcho: 'sent' | 'tidied';
	/** Form of the evaluations of a run, and the answer for a run that has none. */
	runEvaluationsForm: 'items' | 'array';
	runWithoutEvaluations: 200 | 404;
	/** Entries of one page of a list. */
	listPageSize: number;
	/** Form of the balance, and the threshold below which the account is low. */
	balanceForm: 'decimal' | 'cents';
	lowBalanceThreshold: string | null;
	/** Non-terminal evaluations an organization may have. */
	inFlightCap: number;
	inFlightErrorCode: string;
	/** Evaluations that are worked on at a time, the others waiting as `pending`; null: all. */
	worksOnAtOnce: number | null;
	/** Token bucket per organization; null: off. */
	rateLimitPerSecond: number | null;
	/** Size of the bucket; null: one second's worth. */
	rateLimitBurst: number | null;
	/** `Retry-After` on a 429; null: the header is missing. */
	retryAfterSeconds: number | null;
	rateLimitHeaders: boolean;
	/** Who says that there are too many requests: the API, or a page of what is in front. */
	rateLimitAnswer: 'api' | 'page';
	/** How far the API's clock is ahead of this machine's, in its `Date` and its evaluations' times. */
	clockAheadMs: number;
	latency: Latency;
	/** Divides evaluation latencies and callback retry delays. */
	speed: number;
	/** Share of the latency an evaluation spends as `pending`. */
	runningAfterFraction: number;
	/** Verdicts by client_ref or image URL, or a function; asked once, at the submit. */
	outcome: OutcomeScript | null;
	/** What an image in no known place gets: a made-up verdict, or none, with this said about it. */
	unknownImages: 'invented' | { unreadable: string };
	/** Share of the images in no known place that pass. */
	syntheticPassFraction: number;
	/** A share of evaluations shows this code in place of `running`; `forever` never ends. */
	unknownStatus: { code: string; fraction: number; forever: boolean } | null;
	/** Share that completes without a verdict. */
	nullVerdictFraction: number;
	/** Share that fails, with one of `failureCodes`. */
	failureFraction: number;
	failureCodes: string[];
	/** A URL prefix whose images lie in a local folder and are looked at. */
	images: { urlPrefix: string; folder: string } | null;
	/** http:// media under this prefix is accepted; null: none is. */
	allowHttpPrefix: string | null;
	/** Longest accepted text by field; the true caps are not documented. */
	lengthCaps: Record<string, number>;
	callbackUrlHttpsOnly: boolean;
	errorEnvelope: ErrorEnvelope;
	validationErrorForm: ValidationErrorForm;
	/** `location`: no body, the ID is in the `Location` alone. */
	submitAnswer: 'short' | 'full' | 'idOnly' | 'location';
	idempotencyScope: 'organization' | 'key';
	/**
	 * Answer to a known key with another body: compare and refuse (409 or 422), replay the first
	 * evaluation, or ignore the key and create (and bill) another.
	 */
	idempotencyConflictStatus: 409 | 422 | 'replay' | 'ignore';
	/** A known key is refused with 409 "in progress" for that long after its first submit. */
	idempotencyInProgressMs: number;
	idempotencyReplayStatus: 200 | 202;
	/** GET answers 404 for that long after the submit. */
	earlyNotFoundMs: number;
	/** Answers to GET spell ids in upper case, whatever the submit was answered with. */
	upperCaseIds: boolean;
	/** Status for an id that is no UUID. */
	malformedIdStatus: 404 | 422;
	embedsWhenNotAsked: 'absent' | 'null';
	/** Delay of every answer, standing for the network. */
	answerDelayMs: number;
	/** Delay of a `slow` fault. */
	slowAnswerMs: number;
	/** Pause before each byte of a `drip` fault. */
	dripMs: number;
	faults: FaultOptions;
	nextFaults: NextFault[];
	forcedAnswers: ForcedAnswer[];
	/** Whether an idempotency key of an upload is kept, as one global layer would. */
	assetUploadKeys: 'kept' | 'ignored';
	assetUploadExpiryMs: number;
	assetMimeTypes: string[];
	/** Answer to a second confirmation of the same asset. */
	repeatedConfirmation: 'replay' | 'conflict';
	callbackForm: CallbackForm;
	/** Whether evaluations say where their callback goes. */
	callbackUrlEcho: 'sent' | 'null';
	/** Callbacks when an evaluation ends, or for every status it has. */
	callbackEvents: 'end' | 'everyStatus';
	/** Signs every callback; null: the header is missing. Change it to rotate. */
	callbackSecret: string | null;
	/** Waits before the second, third, … attempt; divided by `speed`. */
	callbackRetryDelaysMs: number[];
	callbackTimeoutMs: number;
	/** Wait before the first attempt. */
	callbackDelayMs: number;
	/** Draws the wait from 0 to `callbackDelayMs` (or 200), so that the order changes. */
	callbackShuffle: boolean;
	/** How often each callback is delivered. */
	callbackDuplicates: number;
	callbackDuplicatesConcurrent: boolean;
	/** Sends a run callback to the same URL beside each evaluation callback. */
	strangerCallbacks: boolean;
	/** A layer in front stores refusals, too, and repeats them under the same key. */
	storesRefusals: boolean;
	/** A firewall in front; empty: there is none. */
	firewall: FirewallRule[];
	/** Told about every request once it is answered or dropped. */
	onRequest: ((record: RequestRecord) => void) | null;
}
