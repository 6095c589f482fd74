import { isWebPage, readErrorBody } from './errorBody';
import type { NetworkTrace } from './networkError';
import type { ApiFailure, Reaction, RequestPurpose } from './attempt';
import { evaluationIdIn, isObject } from './read';

/** What firewalls answer to a request whose content they do not like. */
const FIREWALL_STATUSES = [400, 403, 406, 418];

/** An answer with an error status, as facts. */
export function answerFailure(status: number, body: unknown, purpose: RequestPurpose): ApiFailure {
	const { code, text, fields } = readErrorBody(body);
	const isFromApi = isFromTheApi(status, body, code, text);
	return {
		kind: whoAnswered(status, body),
		reaction: reactionToAnswer(status, isFromApi || isSilentNo(status, body), purpose),
		purpose,
		status,
		isFromApi,
		code: code ?? (status === 429 && isPage(body) ? 'RATE_LIMITED' : undefined),
		namedId: purpose.isSubmit ? evaluationIdIn(body) : undefined,
		said: fields.length > 0 ? fields.join('; ') : text,
	};
}

/** Gateways refuse with 403 and a message in JSON as well: only with a code it is the API's. */
function isFromTheApi(status: number, body: unknown, code?: string, text?: string): boolean {
	return isObject(body) && (code !== undefined || (text !== undefined && status !== 403));
}

/** An answer with a good status whose content is not what the API promises. */
export function unreadableFailure(
	status: number,
	body: unknown,
	purpose: RequestPurpose,
): ApiFailure {
	return { kind: isPage(body) ? 'page' : 'unreadable', reaction: 'retry', purpose, status };
}

/** An answer that is about another evaluation than the one that was asked for. */
export function unrelatedFailure(id: string, reaction: Reaction): ApiFailure {
	return { kind: 'unrelated', reaction, purpose: { subject: 'Evaluation', id } };
}

/** A list that has more than can be asked for. */
export function cutListFailure(id: string): ApiFailure {
	return { kind: 'cutList', reaction: 'rejected', purpose: { subject: 'Run', id } };
}

/**
 * No answer at all.
 * @param networkCode the network's own, e.g. `ECONNREFUSED`
 * @param trace what else the error tells
 */
export function networkFailure(
	purpose: RequestPurpose,
	networkCode?: string,
	{ blocked, proxy }: NetworkTrace = {},
): ApiFailure {
	const failure = { kind: 'network', reaction: 'retry', purpose, networkCode } as const;
	if (blocked !== undefined) return { ...failure, obstacle: 'blocked', said: blocked };
	if (proxy !== undefined) return { ...failure, obstacle: 'proxy', proxy };
	return { ...failure, obstacle: obstacleFor(networkCode) };
}

/** The storage of uploads did not take a file; its addresses expire, which a new one mends. */
export function storageFailure(status: number): ApiFailure {
	const isExpired = status === 403 || status === 404;
	const reaction = isExpired ? 'retry' : reactionTo(status);
	return { kind: 'storage', reaction, purpose: { subject: 'Upload address' }, status };
}

/** The user stopped the execution. */
export const STOPPED: ApiFailure = {
	kind: 'stopped',
	reaction: 'stopped',
	purpose: { subject: 'Execution' },
};

/** The caller did not send it. */
export const WITHHELD: { ok: false; failure: ApiFailure } = {
	ok: false,
	failure: { kind: 'withheld', reaction: 'rejected', purpose: { subject: 'Evaluations' } },
};

function reactionTo(status: number): Reaction {
	if (status >= 500 || status === 408 || status === 425) return 'retry';
	if (status === 401 || status === 402 || status === 403) return 'closed';
	if (status === 404) return 'missing';
	return status === 429 ? 'busy' : 'rejected';
}

/** A refusal without a word is about the key or the account; firewalls say 403. */
function isSilentNo(status: number, body: unknown): boolean {
	return (status === 401 || status === 402) && (body === undefined || body === '');
}

/**
 * What is not the API speaks of this request alone: its texts, not its key, are what it refuses. A
 * page in the place of what takes submits is somebody else's, and passes.
 */
function reactionToAnswer(
	status: number,
	isOwnWord: boolean,
	{ isSubmit }: RequestPurpose,
): Reaction {
	if (status === 409 && isSubmit) return 'conflict';
	if (status === 407) return 'closed';
	const reaction = reactionTo(status);
	if (isOwnWord) return reaction;
	if (reaction === 'missing' && isSubmit) return 'retry';
	return reaction === 'closed' ? 'rejected' : reaction;
}

/** The API answers in JSON; what refuses a request on the way often does not, and alone asks for 407. */
function whoAnswered(status: number, body: unknown): ApiFailure['kind'] {
	if (status === 407) return 'intermediary';
	if (status === 413 || status === 429 || status >= 500) return 'answer';
	if (isPage(body)) return FIREWALL_STATUSES.includes(status) ? 'intermediary' : 'page';
	return status === 403 && !isObject(body) ? 'intermediary' : 'answer';
}

function obstacleFor(networkCode = ''): ApiFailure['obstacle'] {
	if (/CERT|UNABLE_TO_VERIFY|SELF_SIGNED|ERR_TLS/.test(networkCode)) return 'certificate';
	if (/^(ENOTFOUND|EAI_NONAME)$/.test(networkCode)) return 'unknownHost';
	return /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)$/.test(networkCode)
		? 'refused'
		: undefined;
}

function isPage(body: unknown): boolean {
	return typeof body === 'string' && isWebPage(body);
}
