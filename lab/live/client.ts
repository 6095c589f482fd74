import { request } from 'undici';

import { isObject } from '../../nodes/Runflow/api/read';

/** One answer of the API as it came. */
export interface LiveAnswer {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	body: unknown;
}

export interface LiveRequest {
	method?: 'GET' | 'POST' | 'PATCH';
	body?: object;
	idempotencyKey?: string;
	/** Without the key, to see what the API says then. */
	anonymous?: boolean;
}

/** Speaks to the real API with nothing in between. */
export class LiveClient {
	constructor(
		private readonly baseUrl: string,
		private readonly apiKey: string,
	) {}

	async ask(path: string, options: LiveRequest = {}): Promise<LiveAnswer> {
		const { method = 'GET', body, idempotencyKey, anonymous } = options;
		const answer = await request(`${this.baseUrl}${path}`, {
			method,
			headers: {
				...(!anonymous && { authorization: `Bearer ${this.apiKey}` }),
				...(body && { 'content-type': 'application/json' }),
				...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
			},
			body: body && JSON.stringify(body),
			headersTimeout: 60_000,
		});
		const text = await answer.body.text();
		return { status: answer.statusCode, headers: answer.headers, body: parse(text) };
	}
}

/** The keys of an object, or what the value is otherwise: enough to compare with the contract. */
export function shapeOf(value: unknown): string {
	if (Array.isArray(value)) return `array of ${value.length}: ${shapeOf(value[0])}`;
	if (isObject(value)) return `{ ${Object.keys(value).join(', ')} }`;
	return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80);
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
