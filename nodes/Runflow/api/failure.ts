import { isWebPage, readErrorBody } from './errorBody';
import type { ApiFailure, Reaction, RequestPurpose } from './attempt';
import { isObject } from './read';

/** An answer with an error status, as facts. */
export function answerFailure(status: number, body: unknown, purpose: RequestPurpose): ApiFailure {
	const { code, text, fields } = readErrorBody(body);
	const isFromElsewhere = isPage(body) && status < 500 && status !== 429;
	return {
		kind: isFromElsewhere ? 'page' : 'answer',
		reaction: status === 409 && purpose.isSubmit ? 'conflict' : reactionTo(status),
		purpose,
		status,
		isFromApi: isObject(body) && (code !== undefined || text !== undefined),
		code,
		said: fields.length > 0 ? fields.join('; ') : text,
	};
}

/** An answer with a good status whose content is not what the API promises. */
export function unreadableFailure(
	status: number,
	body: unknown,
	purpose: RequestPurpose,
): ApiFailure {
	return { kind: isPage(body) ? 'page' : 'unreadable', reaction: 'retry', purpose, status };
}

/** No answer at all. `networkCode` is the network's own, e.g. `ECONNREFUSED`. */
export function networkFailure(purpose: RequestPurpose, networkCode?: string): ApiFailure {
	return { kind: 'network', reaction: 'retry', purpose, networkCode };
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

function reactionTo(status: number): Reaction {
	if (status >= 500 || status === 408) return 'retry';
	if (status === 401 || status === 402 || status === 403) return 'closed';
	if (status === 404) return 'missing';
	return status === 429 ? 'busy' : 'rejected';
}

function isPage(body: unknown): boolean {
	return typeof body === 'string' && isWebPage(body);
}
