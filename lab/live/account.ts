/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { buffer } from 'node:stream/consumers';
import type { IDataObject } from 'n8n-workflow';
import { request } from 'undici';

import { RunflowClient } from '../../nodes/Runflow/api/client';
import type { Http, HttpAnswer, HttpRequest } from '../../nodes/Runflow/api/http';

const TIMEOUT_MS = 60_000;

/** A real account: the client that users get, over undici, and what came back underneath. */
export class LiveAccount implements Http {
	readonly client: RunflowClient;
	/** The answer to the last request of whatever kind; status 0 when there was none. */
	last: HttpAnswer = { status: 0, headers: {}, body: undefined };

	constructor(
		private readonly baseUrl: string,
		private readonly apiKey: string,
	) {
		this.client = new RunflowClient(this, baseUrl);
	}

	/** A request that the product never makes; `anonymous` leaves the key out. Never rejects. */
	async ask(
		path: string,
		asked: {
			method?: HttpRequest['method'];
			body?: IDataObject;
			anonymous?: boolean;
			key?: string;
		} = {},
	): Promise<HttpAnswer> {
		const { body, anonymous, key, method = body ? 'POST' : 'GET' } = asked;
		try {
			return await this.send({
				method,
				url: this.baseUrl + path,
				headers: {
					...(body && { 'Content-Type': 'application/json' }),
					...(key !== undefined && { 'Idempotency-Key': key }),
				},
				body,
				timeoutMs: TIMEOUT_MS,
				isAuthenticated: !anonymous,
			});
		} catch (error) {
			return { status: 0, headers: {}, body: `no answer: ${String(error)}` };
		}
	}

	async send(asked: HttpRequest): Promise<HttpAnswer> {
		const { method, url, query, headers, body, timeoutMs, isAuthenticated } = asked;
		this.last = { status: 0, headers: {}, body: undefined };
		const names = Object.entries(headers).map(([name, value]) => [name, String(value)]);
		const answer = await request(url, {
			method,
			query,
			headers: {
				...Object.fromEntries(names),
				...(isAuthenticated && { Authorization: `Bearer ${this.apiKey}` }),
			},
			body: await contentOf(body),
			headersTimeout: timeoutMs,
		});
		const content = parse(await answer.body.text());
		this.last = { status: answer.statusCode, headers: { ...answer.headers }, body: content };
		return this.last;
	}

	isStopped(): boolean {
		return false;
	}
}

async function contentOf(body: HttpRequest['body']): Promise<string | Buffer | null> {
	if (body === undefined || Buffer.isBuffer(body)) return body ?? null;
	return isStream(body) ? await buffer(body) : JSON.stringify(body);
}

function isStream(body: NodeJS.ReadableStream | IDataObject): body is NodeJS.ReadableStream {
	return typeof body.pipe === 'function';
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
