/**
 * What a caller can do about a failed request:
 * `retry` a temporary fault (network, 5xx, unreadable answer); `busy` the account takes no more
 * right now (429); `conflict` a submit with this key is under way, or was another one (409);
 * `missing` nothing with that id, perhaps not yet; `rejected` this request will
 * never work; `closed` no request with this key will (401, 402, 403 in the API's own words); `stopped` the user stopped
 * the execution.
 */
export type Reaction =
	'retry' | 'busy' | 'conflict' | 'missing' | 'rejected' | 'closed' | 'stopped';

/** What a request is about, for the sentences a user reads when it fails. */
export interface RequestPurpose {
	/** Scope the key needs, e.g. `evaluations:read`. */
	scope?: string;
	/** What a 404 did not find, e.g. `Evaluation`. */
	subject: string;
	/** The id that was asked for, if any. */
	id?: string;
	/** Whether an evaluation may be created, and so billed, by it. */
	isSubmit?: boolean;
}

/** Why one attempt has no value: facts only, which `messages` puts into words. */
export interface ApiFailure {
	/**
	 * `answer`: the API said no; `intermediary`: a proxy or firewall did; `page`: a web page came instead of the API's answer; `unreadable`: a
	 * good status whose content is not what the API promises; `network`: no answer at all; `storage`:
	 * the storage of uploads said no; `file`: a file could not be read; `unrelated`: the answer is about another evaluation; `cutList`: it has more than can be asked for;
	 * `insecureBaseUrl`, `unusableBaseUrl`, `unusableApiKey`, `exposedApiKey` (a proxy would read it): nothing was sent; `withheld`: for a reason of the caller's own.
	 */
	kind:
		| 'answer'
		| 'intermediary'
		| 'page'
		| 'unreadable'
		| 'network'
		| 'storage'
		| 'stopped'
		| 'unrelated'
		| 'cutList'
		| 'file'
		| 'withheld'
		| 'insecureBaseUrl'
		| 'unusableBaseUrl'
		| 'unusableApiKey'
		| 'exposedApiKey';
	reaction: Reaction;
	purpose: RequestPurpose;
	/** HTTP status; absent when no answer came. */
	status?: number;
	/** Whether it is the API's own word; a page is not, nor is a 403 without a code, which gateways say too. */
	isFromApi?: boolean;
	/** The API's stable error code, e.g. `INSUFFICIENT_CREDIT`. */
	code?: string;
	/** What the API (or n8n, when it blocked the request) wrote, on one line, shortened, without API keys. */
	said?: string;
	/** The id of an evaluation that a refusal of a submit names. */
	namedId?: string;
	/** Whether it is what was answered before under the same key, stored and said again. */
	isReplayed?: boolean;
	/** Whether an attempt before it had no answer, and may have been accepted all the same. */
	mayBeAccepted?: boolean;
	/** Whether it is another item's, so that nothing was sent for this one. */
	isOthers?: boolean;
	/** The network's own code, e.g. `ECONNREFUSED`. */
	networkCode?: string;
	/**
	 * Why the request cannot have arrived; absent when it may have. `blocked`: n8n's own protection;
	 * `proxy`: the proxy that n8n uses could not be reached.
	 */
	obstacle?: 'blocked' | 'certificate' | 'unknownHost' | 'refused' | 'proxy';
	/** Where the proxy is that could not be reached, e.g. `10.0.0.1:3128`. */
	proxy?: string;
	/** How long the API asked to wait, in milliseconds. */
	retryAfterMs?: number;
	/** Decimal strings of credits, as far as they are known, when the balance is too low. */
	funds?: { price?: string; balance?: string };
}

/** The answer to one attempt: the value, or why there is none. Nothing is thrown. */
export type Attempt<T> =
	{ ok: true; value: T; pauseMs?: number } | { ok: false; failure: ApiFailure };
