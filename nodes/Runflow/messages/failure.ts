import { readErrorBody, isWebPage } from '../api/errorBody';
import { sentences } from './sentences';
import type { ApiFailure, Reaction } from '../api/types';

/** What a request is about, for the sentences a user reads when it fails. */
export interface RequestPurpose {
	/** Scope the key needs, e.g. `evaluations:read`. */
	scope?: string;
	/** What a 404 did not find, e.g. `Evaluation`. */
	subject: string;
	/** The id that was asked for, if any. */
	id?: string;
	/** Only a submit has one: under the same key nothing is billed twice. */
	idempotencyKey?: string;
}

interface Sentence {
	reaction: Reaction;
	message: string;
	advice: string;
}

const SITE = 'https://app.runflow.io';
const KEYS_PAGE = `${SITE}/settings/api-keys`;
const WEB_PAGE = {
	message: 'A web page answered instead of the Runflow API',
	advice:
		'Check the Base URL of the Runflow API credential, and any proxy or firewall between n8n and Runflow',
};

/** Turns an error answer into a failure with a sentence for what happened and one for what to do. */
export function httpFailure(status: number, body: unknown, purpose: RequestPurpose): ApiFailure {
	const { code, text, fields } = readErrorBody(body);
	const fromElsewhere = isPage(body) && status < 500 && status !== 429;
	const sentence = sentenceFor(status, code, purpose);
	const { reaction, message, advice } = { ...sentence, ...(fromElsewhere && WEB_PAGE) };
	const said = fields.length > 0 ? fields.join('; ') : text;
	const quote = said && `Runflow says: ${said}`;
	const isAboutValues = reaction === 'rejected';
	const description = isAboutValues ? sentences(quote, advice) : sentences(advice, quote);
	return { reaction, message, description, status, code };
}

/** An answer with a good status whose content is not what the API promises. */
export function unreadableFailure(
	status: number,
	body: unknown,
	purpose: RequestPurpose,
): ApiFailure {
	const { message, advice } = isPage(body)
		? WEB_PAGE
		: {
				message: 'The answer of Runflow could not be read',
				advice: 'It was cut off or is not what the API promises',
			};
	return { reaction: 'retry', message, description: sentences(advice, again(purpose)), status };
}

/** No answer at all. `code` is the network's own, e.g. `ECONNREFUSED`. */
export function networkFailure(code: string | undefined, purpose?: RequestPurpose): ApiFailure {
	const late = code === 'ECONNABORTED' || code === 'ETIMEDOUT';
	const advice = `The connection failed${code ? ` (${code})` : ''}. Check the Base URL of the Runflow API credential and the network of your n8n`;
	return {
		reaction: 'retry',
		message: late ? 'Runflow did not answer in time' : 'Runflow could not be reached',
		description: sentences(late ? undefined : advice, again(purpose)),
	};
}

/** n8n tells a stopped execution from a failed one by the word "canceled" in the message. */
export const STOPPED: ApiFailure = {
	reaction: 'stopped',
	message: 'The execution was canceled',
	description: 'Evaluations that were accepted already go on at Runflow and can be read with Get',
};

function isPage(body: unknown): boolean {
	return typeof body === 'string' && isWebPage(body);
}

/** A new run has new keys: only the user's own key, or n8n's retry, makes it the same request. */
function again(purpose: RequestPurpose | undefined): string {
	const later = 'Run the workflow again in a few minutes';
	if (purpose?.idempotencyKey === undefined) return later;
	return `${later}. If Runflow accepted the image after all, a new run bills it a second time, unless 'Idempotency Key' is set; n8n's Retry On Fail does not`;
}

function sentenceFor(status: number, code: string | undefined, purpose: RequestPurpose): Sentence {
	switch (status) {
		case 401:
			return {
				reaction: 'closed',
				message: 'Runflow did not accept the API key',
				advice: `Open the Runflow API credential and paste a valid key from ${KEYS_PAGE}`,
			};
		case 402:
			return {
				reaction: 'closed',
				message: 'The Runflow balance is too low for this evaluation',
				advice: `Top up the balance at ${SITE}, then run the workflow again`,
			};
		case 403:
			return forbidden(code, purpose.scope);
		case 404:
			return notFound(purpose);
		case 409:
			return conflict(purpose);
		case 413:
			return {
				reaction: 'rejected',
				message: 'The request is larger than Runflow takes',
				advice: 'Send the image as a binary file or as an https:// address instead of inline',
			};
		case 422:
			return {
				reaction: 'rejected',
				message: 'Runflow rejected the values of this request',
				advice:
					'Correct the values and run the workflow again. Nothing was billed for this request',
			};
		case 429:
			return tooMany(code, purpose);
		default:
			return otherStatus(status, purpose);
	}
}

function forbidden(code: string | undefined, scope: string | undefined): Sentence {
	if (code === 'EMAIL_NOT_VERIFIED') {
		return {
			reaction: 'closed',
			message: 'The email address of the Runflow account is not verified',
			advice: `Verify it at ${SITE}, then run the workflow again`,
		};
	}
	if (scope === undefined || (code !== undefined && code !== 'PERMISSION_DENIED')) {
		return {
			reaction: 'closed',
			message: 'The API key is not allowed to do this',
			advice: `Create a key in the right organization at ${KEYS_PAGE} and put it into the Runflow API credential`,
		};
	}
	return {
		reaction: 'closed',
		message: `The API key lacks the scope '${scope}'`,
		advice: `Create a key with this scope at ${KEYS_PAGE} and put it into the Runflow API credential`,
	};
}

function notFound({ subject, id }: RequestPurpose): Sentence {
	if (id === undefined) {
		return {
			reaction: 'missing',
			message: 'There is no Runflow API at the Base URL of the credential',
			advice:
				'Open the Runflow API credential and correct its Base URL. Usually it is https://api.runflow.io',
		};
	}
	return {
		reaction: 'missing',
		message: `${subject} not found`,
		advice: `The organization of this API key has none with the ID '${id}'. Check the ID, and that the key belongs to the right organization`,
	};
}

function conflict({ idempotencyKey }: RequestPurpose): Sentence {
	if (idempotencyKey === undefined) {
		return {
			reaction: 'rejected',
			message: 'Something else changed the same thing at the same time',
			advice: 'Run the workflow again',
		};
	}
	return {
		reaction: 'rejected',
		message: 'The idempotency key was already used for a different evaluation',
		advice:
			"Use another value in 'Idempotency Key', or leave it empty so that every item gets its own. Nothing was billed for this request",
	};
}

/** The same status stands for too many requests and for too many evaluations under way. */
function tooMany(code: string | undefined, { idempotencyKey }: RequestPurpose): Sentence {
	if (code === 'RATE_LIMITED' || idempotencyKey === undefined) {
		return {
			reaction: 'busy',
			message: 'Runflow gets too many requests from this account right now',
			advice: 'Run the workflow again in a few minutes, or with fewer items at a time',
		};
	}
	return {
		reaction: 'busy',
		message: 'Too many evaluations of this account are under way',
		advice:
			'Wait until some of them have finished, then run the workflow again. Submit and Wait submits only as many at a time as the account accepts',
	};
}

function otherStatus(status: number, purpose: RequestPurpose): Sentence {
	if (status >= 500 || status === 408) {
		return {
			reaction: 'retry',
			message: `Runflow could not process the request right now (status ${status})`,
			advice: `This usually passes by itself. ${again(purpose)}`,
		};
	}
	if (status >= 300 && status <= 399) {
		return {
			reaction: 'rejected',
			message: `The Base URL of the credential leads to another address (status ${status})`,
			advice:
				'Redirects are not followed, because the API key would go along. Put the final address into the Runflow API credential; usually it is https://api.runflow.io',
		};
	}
	return {
		reaction: 'rejected',
		message: `Runflow refused the request (status ${status})`,
		advice: 'Check the values of this node',
	};
}
