import type { INodeParameters } from 'n8n-workflow';

import type { EmulatorOptions } from '../../lab/emulator';
import { KEY, UNKNOWN_ID } from '../../lab/scenario/evaluate';

const SUBMIT = { operation: 'submit' };
export const JUDGE = { operation: 'submitAndWait' };
export const GET = { operation: 'get', evaluationId: UNKNOWN_ID };
export const SEND_FEEDBACK = { operation: 'sendFeedback', evaluationId: UNKNOWN_ID };
export const LIST_JOB_CLASSES = { operation: 'listJobClasses' };

const NEW_KEY =
	'at https://app.runflow.io/settings/api-keys and put it into the Runflow API credential';
export const CORRECT_VALUES = 'Correct the values. Nothing was billed for this request';
const AGAIN_LATER = 'Try again in a few minutes';
const BILLED_TWICE =
	"If Runflow accepted the image after all, n8n's Retry On Fail and Retry in the executions list do not bill it again; a new execution may";
export const WEB_PAGE_ADVICE =
	'Check the Base URL of the Runflow API credential, and any proxy or firewall between n8n and Runflow';
export const NOT_FOUND = {
	message: 'Evaluation not found',
	description: `The organization of this API key has none with the ID '${UNKNOWN_ID}'. Check the ID, and that the key belongs to the right organization. Runflow says: Evaluation not found.`,
};
const PAGE = '<!DOCTYPE html><html><head><title>Sorry</title></head></html>';

function answer(status: number, body: unknown): Partial<EmulatorOptions> {
	const headers = { 'retry-after': '0' };
	return { forcedAnswers: [{ pathPrefix: '/v1/', status, body, headers }] };
}

function says(code: string, message: string) {
	return { code, message, errors: null };
}

/** What a user sees when something goes wrong, and what the emulator does for it. */
export interface Case {
	name: string;
	parameters: INodeParameters;
	apiKey?: string;
	options?: Partial<EmulatorOptions>;
	message: string;
	description: string;
	/** Requests that the emulator saw, attempts included; 1 by default. */
	requests?: number;
	/** Whether it is repeated until the timeout instead. */
	isWaitedFor?: true;
	/** Evaluations that exist afterwards; none by default. */
	submitted?: number;
}

export const REFUSALS: Case[] = [
	{
		name: '400',
		parameters: SUBMIT,
		options: answer(400, says('BAD_REQUEST', `Bad key ${KEY}`)),
		message: 'Runflow refused the request (status 400)',
		description: 'Runflow says: Bad key rf_live_… Check the values of this node',
	},
	{
		name: '401',
		parameters: JUDGE,
		apiKey: 'rf_live_wrong',
		message: 'Runflow did not accept the API key',
		description:
			'Open the Runflow API credential and paste a valid key from https://app.runflow.io/settings/api-keys. Runflow says: Missing or invalid API key.',
	},
	{
		name: '402, price and balance known',
		parameters: JUDGE,
		options: { balance: '0.150000' },
		message: 'The Runflow balance is too low for this evaluation',
		description:
			'One evaluation costs 0.40 credits. The balance is 0.15 credits. Top up the balance at https://app.runflow.io, then choose Retry in the executions list. Runflow says: The credit balance is below the price of this job class.',
		requests: 3,
	},
	{
		name: '402, another job class',
		parameters: { ...JUDGE, additionalFields: { jobClass: 'deep' } },
		apiKey: 'rf_live_noassets',
		options: {
			balance: '0',
			jobClasses: [{ code: 'deep', name: 'Deep', price: '1.250000', is_active: true }],
		},
		message: 'The Runflow balance is too low for this evaluation',
		description:
			'One evaluation costs 1.25 credits. Top up the balance at https://app.runflow.io, then choose Retry in the executions list. Runflow says: The credit balance is below the price of this job class.',
		requests: 3,
	},
	...[
		{ parameters: JUDGE, apiKey: 'rf_live_readonly', scope: 'evaluations:create' },
		{ parameters: GET, apiKey: 'rf_live_noscopes', scope: 'evaluations:read' },
		{ parameters: SEND_FEEDBACK, apiKey: 'rf_live_readonly', scope: 'evaluations:edit' },
	].map(({ parameters, apiKey, scope }) => ({
		name: `403, ${scope} missing`,
		parameters,
		apiKey,
		message: `The API key lacks the scope '${scope}'`,
		description: `Create a key with this scope ${NEW_KEY}. Runflow says: Your account is not authorized to access this resource.`,
	})),
	{
		name: '403, address not verified',
		parameters: JUDGE,
		options: answer(403, says('EMAIL_NOT_VERIFIED', 'Email not verified.')),
		message: 'The email address of the Runflow account is not verified',
		description:
			'Verify it at https://app.runflow.io, then try again. Runflow says: Email not verified.',
	},
	{
		name: '403, for another reason',
		parameters: JUDGE,
		options: answer(403, says('ORGANIZATION_MEMBERSHIP_REQUIRED', 'You are not a member.')),
		message: 'The API key is not allowed to do this',
		description: `Create a key in the right organization ${NEW_KEY}. Runflow says: You are not a member.`,
	},
	{
		name: '403 from a firewall',
		parameters: JUDGE,
		options: answer(403, PAGE),
		message: 'A proxy or firewall between n8n and Runflow refused the request (status 403)',
		description:
			'Firewalls take some texts for an attack, for example <script> or "select … from". Look at the prompt, the description, and the instructions of this item: if other items get through, change its words. Let it pass requests to the Base URL of the Runflow API credential. Runflow itself did not answer',
	},
	{
		name: '403 from a gateway',
		parameters: JUDGE,
		options: answer(403, { message: 'Forbidden' }),
		message: 'The request was refused (status 403)',
		description:
			"The answer says: Forbidden. Either the API key may not do this, which needs the scope 'evaluations:create', or a firewall between n8n and Runflow took the texts of this item for an attack",
	},
	{
		name: '404, wrong id',
		parameters: SEND_FEEDBACK,
		...NOT_FOUND,
	},
	{
		name: '404, wrong address',
		parameters: JUDGE,
		options: answer(404, says('NOT_FOUND', 'Nothing here.')),
		message: 'There is no Runflow API at the Base URL of the credential',
		description:
			'Open the Runflow API credential and correct its Base URL. Usually it is https://api.runflow.io. Runflow says: Nothing here.',
	},
	{
		name: '404 from a web site',
		parameters: GET,
		options: answer(404, PAGE),
		message: 'Received a web page instead of a response from the Runflow API',
		description: WEB_PAGE_ADVICE,
	},
	{
		name: '409 without a key',
		parameters: SEND_FEEDBACK,
		options: answer(409, says('CONFLICT', 'Changed meanwhile.')),
		message: 'Another request changed this evaluation at the same time',
		description: 'Runflow says: Changed meanwhile. Try again in a few minutes',
	},
	{
		name: '413',
		parameters: JUDGE,
		options: answer(413, says('TOO_LARGE', 'Body too large.')),
		message: 'The request is too large for Runflow',
		description:
			'Runflow says: Body too large. Send the image as a binary file or as an https:// address instead of inline',
	},
	{
		name: 'a redirect',
		parameters: GET,
		options: answer(301, ''),
		message: 'The Base URL of the credential leads to another address (status 301)',
		description:
			'Redirects are not followed, because the API key would go along. Put the final address into the Runflow API credential; usually it is https://api.runflow.io',
	},
];

export const PASSING_FAULTS: Case[] = [
	{
		name: '429, too many under way',
		parameters: { ...JUDGE, options: { timeoutSeconds: 5 } },
		options: { inFlightCap: 0 },
		message: 'This account has too many evaluations in progress',
		description:
			"Wait until some of them have finished, then try again, or raise 'Timeout (Seconds)'. Runflow says: Too many evaluations are in flight. Wait for some of them to finish.",
		isWaitedFor: true,
	},
	{
		name: '429, too many requests',
		parameters: LIST_JOB_CLASSES,
		options: answer(429, says('RATE_LIMITED', 'Slow down.')),
		message: 'This account sends too many requests to Runflow right now',
		description:
			'Try again in a few minutes, or with fewer items at a time. Runflow says: Slow down.',
		requests: 5,
	},
	{
		name: '500 for a submit',
		parameters: SUBMIT,
		options: answer(500, says('INTERNAL_ERROR', 'Server error.')),
		message: 'Runflow could not process the request right now (status 500)',
		description: `This usually passes by itself. Try again in a few minutes. ${BILLED_TWICE}. Runflow says: Server error.`,
		requests: 5,
	},
	{
		name: '502 from a gateway',
		parameters: GET,
		options: answer(502, PAGE),
		message: 'Runflow could not process the request right now (status 502)',
		description: `This usually passes by itself. ${AGAIN_LATER}`,
		requests: 5,
	},
	{
		name: '503',
		parameters: SEND_FEEDBACK,
		options: answer(503, says('UNAVAILABLE', 'Back soon')),
		message: 'Runflow could not process the request right now (status 503)',
		description: `This usually passes by itself. ${AGAIN_LATER}. Runflow says: Back soon`,
		requests: 5,
	},
	{
		name: 'a connection that is lost again and again',
		parameters: SUBMIT,
		options: { nextFaults: [{ kind: 'dropBefore', count: 5 }] },
		message: 'Runflow could not be reached',
		description: `n8n got no connection (ECONNRESET). Check the Base URL of the Runflow API credential and the network of your n8n. Try again in a few minutes. ${BILLED_TWICE}`,
		requests: 5,
	},
	{
		name: 'answers that are cut off',
		parameters: SUBMIT,
		options: { nextFaults: [{ kind: 'truncatedJson', count: 5 }] },
		message: 'The response from Runflow could not be read',
		description: `It was cut off or isn't in the expected format. Try again in a few minutes. ${BILLED_TWICE}`,
		requests: 5,
		submitted: 1,
	},
	{
		name: 'a web page in place of the API',
		parameters: GET,
		options: answer(200, PAGE),
		message: 'Received a web page instead of a response from the Runflow API',
		description: `${WEB_PAGE_ADVICE}. ${AGAIN_LATER}`,
		requests: 5,
	},
];
