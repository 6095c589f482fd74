import { readErrorBody, isWebPage } from './errorBody';
import type { ApiFailure, Reaction } from './types';

/** What a request is about, for the sentences a user reads when it fails. */
export interface RequestPurpose {
	/** Scope the key needs, e.g. `evaluations:read`. */
	scope?: string;
	/** What a 404 did not find, e.g. `Evaluation`. */
	subject: string;
	/** The id that was asked for, if any. */
	id?: string;
}

interface Sentence {
	reaction: Reaction;
	message: string;
	advice: string;
}

const KEYS_PAGE = 'https://app.runflow.io/settings/api-keys';
const AGAIN =
	'Run the workflow again in a few minutes; an evaluation that was accepted already is not billed a second time';

/** Turns an error answer into a failure with a sentence for what happened and one for what to do. */
export function httpFailure(status: number, body: unknown, purpose: RequestPurpose): ApiFailure {
	const { code, text, fields } = readErrorBody(body);
	const { reaction, message, advice } = sentenceFor(status, code, purpose);
	const said = fields.length > 0 ? fields.join('; ') : text;
	const page = typeof body === 'string' && isWebPage(body) ? `${WEB_PAGE}. ` : '';
	const quote = said === undefined ? '' : `Runflow says: ${endSentence(said)} `;
	return { reaction, message, description: `${quote}${page}${advice}`, status, code };
}

const WEB_PAGE =
	'The answer was a web page instead of data: check the Base URL of the credential, and any proxy in between';

/** An answer with a good status whose content is not what the API promises. */
export function unreadableFailure(status: number, body: unknown): ApiFailure {
	const page = typeof body === 'string' && isWebPage(body);
	const advice = page ? WEB_PAGE : 'The answer was cut off or is not JSON';
	return {
		reaction: 'retry',
		message: 'The answer of Runflow could not be read',
		description: `${advice}. ${AGAIN}`,
		status,
	};
}

/** No answer at all. `code` is the network's own, e.g. `ECONNREFUSED`. */
export function networkFailure(code: string | undefined): ApiFailure {
	if (code === 'ECONNABORTED' || code === 'ETIMEDOUT') {
		return {
			reaction: 'retry',
			message: 'Runflow did not answer in time',
			description: `The connection was given up after waiting for an answer. ${AGAIN}`,
		};
	}
	return {
		reaction: 'retry',
		message: 'Runflow could not be reached',
		description: `The connection failed${code ? ` (${code})` : ''}. Check the Base URL of the credential and the network of your n8n. ${AGAIN}`,
	};
}

export const STOPPED: ApiFailure = {
	reaction: 'stopped',
	message: 'The execution was stopped',
	description: 'Evaluations that were accepted already go on at Runflow and can be read with Get',
};

function sentenceFor(status: number, code: string | undefined, purpose: RequestPurpose): Sentence {
	const { scope, subject, id } = purpose;
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
				advice: 'Top up the balance at https://app.runflow.io, then run the workflow again',
			};
		case 403:
			return forbidden(code, scope);
		case 404:
			return {
				reaction: 'missing',
				message: `${subject} not found`,
				advice: `${id === undefined ? 'Check the Base URL of the credential' : `There is no '${id}' in the organization of this API key. Check the ID, and that the key belongs to the same organization`}`,
			};
		case 409:
			return {
				reaction: 'rejected',
				message: 'The idempotency key was already used for a different evaluation',
				advice:
					"Use another value in 'Idempotency Key', or leave it empty so that every item gets its own. Nothing was billed for this request",
			};
		case 422:
			return {
				reaction: 'rejected',
				message: 'Runflow rejected the values of this request',
				advice:
					'Correct these values and run the workflow again. Nothing was billed for this request',
			};
		case 429:
			return {
				reaction: 'busy',
				message: 'Runflow takes no more requests right now',
				advice:
					'The account has too many evaluations under way or sends too many requests. Wait until some have finished, or use Submit and Wait, which submits only as many as the account accepts',
			};
		default:
			return otherStatus(status);
	}
}

function forbidden(code: string | undefined, scope: string | undefined): Sentence {
	if (code === 'EMAIL_NOT_VERIFIED') {
		return {
			reaction: 'closed',
			message: 'The email address of the Runflow account is not verified',
			advice: 'Verify it at https://app.runflow.io, then run the workflow again',
		};
	}
	return {
		reaction: 'closed',
		message: scope
			? `The API key lacks the scope '${scope}'`
			: 'The API key is not allowed to do this',
		advice: `Create a key with this scope at ${KEYS_PAGE} and put it into the Runflow API credential`,
	};
}

function otherStatus(status: number): Sentence {
	if (status >= 500 || status === 408) {
		return {
			reaction: 'retry',
			message: `Runflow could not process the request (status ${status})`,
			advice: `This is a passing fault on Runflow's side. ${AGAIN}`,
		};
	}
	return {
		reaction: 'rejected',
		message: `Runflow refused the request (status ${status})`,
		advice: 'Check the values of this node and the Base URL of the credential',
	};
}

function endSentence(text: string): string {
	return /[.!?…]$/.test(text) ? text : `${text}.`;
}
