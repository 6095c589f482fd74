import type { ApiFailure } from '../api/attempt';
import type { Message } from './message';
import { sentences } from './sentences';
import { retryAdvice, EARLIER, statusMessage } from './status';

const WEB_PAGE: Message = {
	message: 'Received a web page instead of a response from the Runflow API',
	description:
		'Check the Base URL of the Runflow API credential, and any proxy or firewall between n8n and Runflow',
};

/** Its id is for a person to look at: a workflow that reads it would take another image's verdict. */
function unrelated({ purpose }: ApiFailure): Message {
	return {
		message: 'Runflow answered about another evaluation',
		description: sentences(
			'The answer was not used, because its verdict is about another image',
			purpose.isSubmit && purpose.id ? `It has the ID ${purpose.id}` : undefined,
		),
	};
}

const NOT_SENT: Message = {
	message: 'The image was not submitted',
	description: 'Look at the error of the other item',
};

const NOT_SENT_AGAIN: Message = {
	message: 'The image was not submitted again',
	description: 'Look at the error of the other item',
};

const UNREADABLE_FILE: Message = {
	message: 'The image file could not be read',
	description:
		'Look at the file in the output of the previous node. Nothing was submitted for this item',
};

const CUT_LIST: Message = {
	message: 'Not all evaluations of the run could be read',
	description:
		"Runflow says that there are more, but not how to ask for them. For the newest ones, turn 'Return All' off and set a 'Limit'",
};

const TIMEOUT_FIELD = 'Timeout (Seconds)';

/**
 * What a user reads about a failure of the API.
 * @param timeoutField the label of the field that says how long a submit is tried
 */
export function describeFailure(failure: ApiFailure, timeoutField = TIMEOUT_FIELD): Message {
	return withEarlier(wordsFor(failure, timeoutField), failure);
}

function wordsFor(failure: ApiFailure, timeoutField: string): Message {
	switch (failure.kind) {
		case 'answer':
			return withQuote(statusMessage(failure, timeoutField), failure);
		case 'page':
			return failure.reaction === 'retry' ? later(WEB_PAGE, failure) : WEB_PAGE;
		case 'unreadable':
			return later(
				{
					message: 'The response from Runflow could not be read',
					description: "It was cut off or isn't in the expected format",
				},
				failure,
			);
		case 'network':
			return unsent(failure) ?? noAnswer(failure);
		case 'intermediary':
			return refusedOnTheWay(failure);
		case 'storage':
			return {
				message: 'Runflow did not take the image file',
				description: `Its storage answered with status ${failure.status}. Try again, or host the image yourself and choose URL as its source`,
			};
		case 'stopped':
			return CANCELED;
		case 'unrelated':
			return later(unrelated(failure), failure);
		case 'cutList':
			return CUT_LIST;
		case 'file':
			return UNREADABLE_FILE;
		case 'withheld':
			return failure.mayBeAccepted ? NOT_SENT_AGAIN : NOT_SENT;
		case 'insecureBaseUrl':
		case 'unusableBaseUrl':
			return baseUrlMessage(failure.kind === 'insecureBaseUrl' ? 'insecure' : 'unusable');
		case 'unusableApiKey':
			return apiKeyMessage(failure.said);
		case 'exposedApiKey':
			return proxyMessage(failure.said);
	}
}

/** What is wrong with the credential's Base URL. */
export function baseUrlMessage(problem: 'insecure' | 'unusable'): Message {
	return problem === 'insecure'
		? {
				message: "The Base URL of the Runflow API credential must start with 'https://'",
				description: 'Open the credential and correct it. Usually it is https://api.runflow.io',
			}
		: {
				message: 'The Base URL of the Runflow API credential must be a plain address',
				description:
					'Open the credential and remove user name, password, ? and # from the address. Usually it is https://api.runflow.io',
			};
}

/** @param stray what in the key cannot be sent, in words */
export function apiKeyMessage(stray = 'a character that no key has'): Message {
	return {
		message: `The API key of the Runflow API credential contains ${stray}`,
		description: 'Open the credential and paste the key again, without anything around it',
	};
}

/** @param host of the Base URL, which starts with http:// */
export function proxyMessage(host = 'localhost'): Message {
	return {
		message: 'A proxy would read the API key',
		description: `Your n8n sends requests to http:// addresses through its proxy (HTTP_PROXY). Nothing was sent. Add ${host} to NO_PROXY of your n8n, or use a Base URL with https:// in the Runflow API credential`,
	};
}

/** n8n tells a stopped execution from a failed one by the word "canceled" in the message. */
const CANCELED: Message = {
	message: 'The execution was canceled',
	description:
		'Evaluations that were already accepted keep running at Runflow. Retrieve them with Get',
};

/** A refusal says nothing about an attempt before it whose answer was lost. */
function withEarlier({ message, description }: Message, failure: ApiFailure): Message {
	if (failure.mayBeAccepted !== true) return { message, description };
	return { message, description: sentences(description, EARLIER) };
}

function withQuote({ message, description: advice }: Message, failure: ApiFailure): Message {
	const isAnybodys = failure.status === 403 && failure.isFromApi !== true;
	const speaker = isAnybodys ? 'The answer' : 'Runflow';
	const quote = failure.said && `${speaker} says: ${failure.said}`;
	const isAboutValues = failure.reaction === 'rejected' || failure.reaction === 'conflict';
	const description = isAboutValues ? sentences(quote, advice) : sentences(advice, quote);
	return { message, description: sentences(...fundsKnown(failure), description) };
}

function fundsKnown({ funds }: ApiFailure): Array<string | undefined> {
	return [
		funds?.price && `One evaluation costs ${funds.price} credits`,
		funds?.balance && `The balance is ${funds.balance} credits`,
	];
}

/** Where nothing can have arrived, nothing can have been billed. */
function unsent({ obstacle, networkCode, said, proxy }: ApiFailure): Message | undefined {
	const code = networkCode ? ` (${networkCode})` : '';
	switch (obstacle) {
		case 'blocked':
			return {
				message: 'n8n blocked the request to Runflow',
				description: sentences(
					`n8n says: ${said ?? 'the address is restricted'}`,
					'Nothing was sent',
				),
			};
		case 'certificate':
			return {
				message: "n8n does not trust the certificate of Runflow's address",
				description: `Nothing was sent${code}. If a proxy or an address of your own presents that certificate, put its authority into NODE_EXTRA_CA_CERTS of your n8n; else check the Base URL of the Runflow API credential`,
			};
		case 'unknownHost':
			return {
				message: 'No server was found at the Base URL of the Runflow API credential',
				description: `Nothing was sent${code}. Correct the Base URL, usually it is https://api.runflow.io, or check the name resolution (DNS) of your n8n`,
			};
		case 'proxy':
			return {
				message: 'The proxy of your n8n could not be reached',
				description: `There is no connection to ${proxy}${code}, and nothing was sent. Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY of your n8n`,
			};
		default:
			return undefined;
	}
}

function refusedOnTheWay({ status, said, purpose }: ApiFailure): Message {
	const quote = said && `It says: ${said}`;
	if (status === 407) {
		return {
			message: 'The proxy of your n8n asks for a login (status 407)',
			description: sentences(
				'Put the user name and password of the proxy into HTTPS_PROXY of your n8n. Nothing was sent to Runflow',
				quote,
			),
		};
	}
	return {
		message: `A proxy or firewall between n8n and Runflow refused the request (status ${status})`,
		description: sentences(
			purpose.isSubmit === true ? REFUSED_TEXTS : undefined,
			'Let it pass requests to the Base URL of the Runflow API credential. Runflow itself did not answer',
			quote,
		),
	};
}

const REFUSED_TEXTS =
	'Firewalls take some texts for an attack, for example <script> or "select … from". Look at the prompt, the description, and the instructions of this item: if other items get through, change its words';

function noAnswer(failure: ApiFailure): Message {
	const { networkCode } = failure;
	if (networkCode === 'ECONNABORTED' || networkCode === 'ETIMEDOUT') {
		return later(
			{
				message: 'Runflow did not answer in time',
				description: 'Runflow, or the connection to it, is slow',
			},
			failure,
		);
	}
	const code = networkCode ? ` (${networkCode})` : '';
	return later(
		{
			message: 'Runflow could not be reached',
			description: `n8n got no connection${code}. Check the Base URL of the Runflow API credential and the network of your n8n`,
		},
		failure,
	);
}

function later({ message, description }: Message, failure: ApiFailure): Message {
	return { message, description: sentences(description, retryAdvice(failure)) };
}
