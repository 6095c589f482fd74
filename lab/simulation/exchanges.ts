import { RunflowClient } from '../../nodes/Runflow/api/client';
import type { Attempt } from '../../nodes/Runflow/api/attempt';
import type { HttpAnswer, HttpRequest } from '../../nodes/Runflow/api/http';
import type { ImageFile } from '../../nodes/Runflow/api/types';

export const BASE_URL = 'https://api.runflow.io';
const ID = '6a1d3c1e-8a3b-4f5c-9b77-1f1f6d1f0c11';
const EVALUATION = { id: ID, status_code: 'pending' };
const REQUEST = { generated_image_url: 'https://images.example.com/1.png', task_type: 'headshot' };

const FILE: ImageFile = {
	fileName: 'a.png',
	mimeType: 'image/png',
	bytes: 4,
	open: async () => Buffer.from('file'),
};

type Met = HttpAnswer | Error;
type Call = (client: RunflowClient) => Promise<Attempt<unknown>>;

export const CALLS: Record<string, Call> = {
	submit: async (client) => await client.submit(REQUEST, 'key-1'),
	get: async (client) => await client.get(ID),
	'get with details': async (client) =>
		await client.get(ID.toUpperCase(), { embed: ['judges', 'action'], timeoutMs: 5_000 }),
	sendFeedback: async (client) => await client.sendFeedback(ID, { is_positive: null }),
	jobClasses: async (client) => await client.jobClasses(),
	balance: async (client) => await client.balance(),
	upload: async (client) => await client.upload(FILE, 'key'),
};

export function answer(status: number, body?: unknown, headers: HttpAnswer['headers'] = {}): Met {
	return { status, headers, body };
}

function networkError(code?: string, more: object = {}): Error {
	const cause = Object.assign(new Error('in the network'), { code, ...more });
	return new Error('wrapped', { cause });
}

const SAID = { code: 'SOME_CODE', message: 'Some words' };

/** What a call may meet that is no success. */
export const REFUSALS: Record<string, Met> = {
	'a redirect': answer(302),
	'a 400': answer(400, SAID),
	'a 401': answer(401, SAID),
	'a 402': answer(402, SAID),
	'a 403 for a missing scope': answer(403, { code: 'PERMISSION_DENIED', message: 'No' }),
	'a 403 without a code': answer(403, { message: 'No' }),
	'a 403 for another reason': answer(403, SAID),
	'a 403 for an unverified email': answer(403, { code: 'EMAIL_NOT_VERIFIED', message: 'No' }),
	'a 403 of a firewall': answer(403, 'Denied'),
	'a 404': answer(404, SAID),
	'a 407': answer(407, 'Denied'),
	'a 408': answer(408),
	'a 409': answer(409, SAID),
	'a 413': answer(413, SAID),
	'a 422': answer(422, { ...SAID, errors: [{ field: 'task_type', message: 'Too short.' }] }),
	'a 429 for its rate': answer(429, { code: 'RATE_LIMITED' }, { 'retry-after': '7' }),
	'a 429 for evaluations': answer(429, { code: 'TOO_MANY_IN_FLIGHT' }),
	'a 429 as a page': answer(429, '<html>Slow down</html>'),
	'a 500': answer(500, SAID),
	'a 502 as a page': answer(502, '<!doctype html>'),
	'a page with a good status': answer(200, '<html>Log in</html>'),
	'a page with a bad status': answer(400, '<body>Log in</body>'),
	'an empty answer': answer(200, ''),
	'half an answer': answer(200, '{"id":'),
	'another form': answer(202, { something: 'else' }),
	'an answer about another evaluation': answer(200, { ...EVALUATION, id: 'another' }),
	'an error without a code': networkError(),
	ECONNRESET: networkError('ECONNRESET'),
	ECONNREFUSED: networkError('ECONNREFUSED', { port: 443, address: '1.2.3.4' }),
	ECONNABORTED: networkError('ECONNABORTED'),
	ETIMEDOUT: networkError('ETIMEDOUT'),
	ENOTFOUND: networkError('ENOTFOUND', { hostname: 'api.runflow.io' }),
	EAI_AGAIN: networkError('EAI_AGAIN'),
	EHOSTUNREACH: networkError('EHOSTUNREACH'),
	CERT_HAS_EXPIRED: networkError('CERT_HAS_EXPIRED'),
	DEPTH_ZERO_SELF_SIGNED_CERT: networkError('DEPTH_ZERO_SELF_SIGNED_CERT'),
	'a proxy that is not there': networkError('ECONNREFUSED', { port: 3128, address: '10.0.0.1' }),
	'a proxy whose name is not there': networkError('ENOTFOUND', { hostname: 'proxy.lan' }),
	'several tries, all refused': new Error('wrapped', {
		cause: Object.assign(new Error('all'), { errors: [networkError('ECONNREFUSED')] }),
	}),
	'n8n blocks it': Object.assign(new Error('Blocked'), {
		name: 'SsrfBlockedIpError',
		description: 'It is in a private network.',
	}),
	'n8n blocks it without a reason': Object.assign(new Error('Blocked'), { name: 'SsrfError' }),
};

/** What belongs to the calls when all is well; the last answer is given again and again. */
export const SUCCESSES: Array<[call: string, answers: Met[]]> = [
	['submit', [answer(202, EVALUATION, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '3' })]],
	['get', [answer(200, EVALUATION)]],
	['get with details', [answer(200, EVALUATION)]],
	['sendFeedback', [answer(200, EVALUATION)]],
	['jobClasses', [answer(200, { items: [{ code: 'a', name: 'A', price: '0.4' }] })]],
	['balance', [answer(200, { balance: '1.5' })]],
	['balance', [answer(200, {})]],
];

export interface Exchange {
	requests: HttpRequest[];
	attempt: Attempt<unknown>;
}

/** Makes one call with a client of its own that meets these answers, one after the other. */
export async function exchange(
	name: string,
	met: Met[],
	{ baseUrl = BASE_URL, stray, isStopped = false, before = 0 }: Settings = {},
): Promise<Exchange> {
	const requests: HttpRequest[] = [];
	const send = async (request: HttpRequest): Promise<HttpAnswer> => {
		const next = met[Math.min(requests.length, met.length - 1)];
		requests.push(request);
		if (next === undefined || next instanceof Error) throw next ?? new Error('No answer');
		return next;
	};
	const client = new RunflowClient({ send, isStopped: () => isStopped }, baseUrl, '', stray);
	const call = CALLS[name];
	if (call === undefined) throw new Error(`There is no call ${name}`);
	for (let done = 0; done < before; done++) await call(client);
	return { attempt: await call(client), requests };
}

export interface Settings {
	baseUrl?: unknown;
	stray?: string;
	isStopped?: boolean;
	/** Calls before the one that counts. */
	before?: number;
}

/** Uploads as they may go: opened, stored, confirmed. */
const OPENED = answer(201, { asset_id: 'a-1', upload_url: 'https://storage.example.com/x' });
export const UPLOADS: Record<string, Met[]> = {
	'all well': [OPENED, answer(200), answer(200, {})],
	'no address': [answer(201, { asset_id: 'a-1' })],
	'an unsafe address': [answer(201, { asset_id: 'a-1', upload_url: 'http://example.com/x' })],
	'not opened': [answer(403, { code: 'PERMISSION_DENIED', message: 'No' })],
	'an expired address': [OPENED, answer(403)],
	'an address that is gone': [OPENED, answer(404)],
	'a redirect of the storage': [OPENED, answer(302)],
	'a storage that is full': [OPENED, answer(413)],
	'a storage that is down': [OPENED, answer(503)],
	'a storage that hangs up': [OPENED, networkError('ECONNRESET')],
	'not confirmed': [OPENED, answer(204), answer(500)],
	'confirmed before': [OPENED, answer(204), answer(409)],
};

/** The second call for a file whose first upload was stored and not confirmed. */
export const UPLOADS_AGAIN: Record<string, Met[]> = {
	'confirmed now': [OPENED, answer(204), answer(503), answer(200, {})],
	'confirmed before after all': [OPENED, answer(204), answer(503), answer(409)],
	'still not confirmed': [OPENED, answer(204), answer(429), answer(500)],
	'gone in between': [OPENED, answer(204), answer(500), answer(404)],
	'refused in between': [OPENED, answer(204), answer(500), answer(422)],
	'the key was revoked': [OPENED, answer(204), answer(500), answer(401)],
	'refused at first, so opened again': [OPENED, answer(204), answer(422), OPENED, answer(200)],
	'all well before, so opened again': [OPENED, answer(204), answer(200), OPENED, answer(200)],
};
