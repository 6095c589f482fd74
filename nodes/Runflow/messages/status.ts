import type { ApiFailure, RequestPurpose } from '../api/attempt';
import type { Message } from './message';

const SITE = 'https://app.runflow.io';
const KEYS_PAGE = `${SITE}/settings/api-keys`;

/**
 * What an error status of the API means to a user, and what to do about it.
 * @param timeoutField the label of the field that says how long a submit is tried
 */
export function statusMessage(failure: ApiFailure, timeoutField: string): Message {
	const { status = 0, code, purpose } = failure;
	switch (status) {
		case 401:
			return {
				message: 'Runflow did not accept the API key',
				description: `Open the Runflow API credential and paste a valid key from ${KEYS_PAGE}`,
			};
		case 402:
			return {
				message: 'The Runflow balance is too low for this evaluation',
				description: `Top up the balance at ${SITE}, then choose Retry in the executions list`,
			};
		case 403:
			return forbidden(code, purpose);
		case 404:
			return notFound(purpose);
		case 409:
			return conflict(purpose);
		case 413:
			return {
				message: 'The request is too large for Runflow',
				description: 'Send the image as a binary file or as an https:// address instead of inline',
			};
		case 422:
			return {
				message: 'Runflow rejected the values of this request',
				description: failure.mayBeAccepted
					? 'Correct the values'
					: 'Correct the values. Nothing was billed for this request',
			};
		case 429:
			return tooMany(code, purpose, timeoutField);
		default:
			return otherStatus(status, failure);
	}
}

function forbidden(code: string | undefined, purpose: RequestPurpose): Message {
	const { scope } = purpose;
	if (code === 'EMAIL_NOT_VERIFIED') {
		return {
			message: 'The email address of the Runflow account is not verified',
			description: `Verify it at ${SITE}, then try again`,
		};
	}
	if (code === undefined) return forbiddenBySomebody(purpose);
	if (scope === undefined || code !== 'PERMISSION_DENIED') {
		return {
			message: 'The API key is not allowed to do this',
			description: `Create a key in the right organization at ${KEYS_PAGE} and put it into the Runflow API credential`,
		};
	}
	return {
		message: `The API key lacks the scope '${scope}'`,
		description: `Create a key with this scope at ${KEYS_PAGE} and put it into the Runflow API credential`,
	};
}

/** Without a code it may be a gateway's word. */
function forbiddenBySomebody({ scope, isSubmit }: RequestPurpose): Message {
	const needed = scope === undefined ? '' : `, which needs the scope '${scope}'`;
	const texts = isSubmit ? ' took the texts of this item for an attack' : ' blocked it';
	return {
		message: 'The request was refused (status 403)',
		description: `Either the API key may not do this${needed}, or a firewall between n8n and Runflow${texts}`,
	};
}

function notFound({ subject, id }: RequestPurpose): Message {
	if (id === undefined) {
		return {
			message: 'There is no Runflow API at the Base URL of the credential',
			description:
				'Open the Runflow API credential and correct its Base URL. Usually it is https://api.runflow.io',
		};
	}
	return {
		message: `${subject} not found`,
		description: `The organization of this API key has none with the ID '${id}'. Check the ID, and that the key belongs to the right organization`,
	};
}

function conflict({ isSubmit }: RequestPurpose): Message {
	if (!isSubmit) {
		return {
			message: 'Another request changed this evaluation at the same time',
			description: 'Try again in a few minutes',
		};
	}
	return {
		message: 'Runflow already has this submission and does not say what became of it',
		description:
			"The evaluation exists and is paid, or an attempt is still in progress. Its ID is in n8n's log, in a line 'Runflow accepted evaluations', if its answer came: read it with Get. A new execution may evaluate the image again",
	};
}

/** The same status stands for too many requests and for too many evaluations under way. */
function tooMany(
	code: string | undefined,
	{ isSubmit }: RequestPurpose,
	timeoutField: string,
): Message {
	if (code === 'RATE_LIMITED' || !isSubmit) {
		return {
			message: 'This account sends too many requests to Runflow right now',
			description: 'Try again in a few minutes, or with fewer items at a time',
		};
	}
	return {
		message: 'This account has too many evaluations in progress',
		description: `Wait until some of them have finished, then try again, or raise '${timeoutField}'`,
	};
}

function otherStatus(status: number, failure: ApiFailure): Message {
	if (status >= 500 || status === 408 || status === 425) {
		return {
			message: `Runflow could not process the request right now (status ${status})`,
			description: `This usually passes by itself. ${retryAdvice(failure)}`,
		};
	}
	if (status >= 300 && status <= 399) {
		return {
			message: `The Base URL of the credential leads to another address (status ${status})`,
			description:
				'Redirects are not followed, because the API key would go along. Put the final address into the Runflow API credential; usually it is https://api.runflow.io',
		};
	}
	return {
		message: `Runflow refused the request (status ${status})`,
		description: 'Check the values of this node',
	};
}

export const EARLIER =
	"An earlier attempt had no usable answer. If Runflow accepted the image then, n8n's Retry On Fail and Retry in the executions list find it and do not bill it again; a new execution may";

/** A retry sends the same keys; a new execution has new ones. */
export function retryAdvice({ purpose, obstacle, isOthers }: ApiFailure): string {
	const mayBeAccepted = purpose.isSubmit && obstacle === undefined && isOthers !== true;
	if (!mayBeAccepted) return 'Try again in a few minutes';
	return "Try again in a few minutes. If Runflow accepted the image after all, n8n's Retry On Fail and Retry in the executions list do not bill it again; a new execution may";
}
