/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { Agent, request } from 'undici';

const IMAGE = 'https://images.example.com/shoe.png';

export const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

export interface Answer {
	status: number;
	headers: IncomingHttpHeaders;
	body: Record<string, unknown>;
}

/** Looks every 10 ms until there is something to see; gives up after 4 s. */
export async function until<T>(look: () => T | false | undefined | Promise<T | false | undefined>) {
	for (let attempt = 0; attempt < 400; attempt++) {
		const seen = await look();
		if (seen) return seen;
		await sleep(10);
	}
	throw new Error('Waited in vain');
}

/** A plain HTTP client of the API, for the tests of the emulator itself. */
export class TestClient {
	private readonly agent = new Agent();

	constructor(private readonly api: { readonly url: string }) {}

	async call(
		method: 'GET' | 'POST' | 'PATCH',
		path: string,
		body?: unknown,
		headers: Record<string, string> = {},
	): Promise<Answer> {
		const answer = await request(this.api.url + path, {
			method,
			dispatcher: this.agent,
			body: body === undefined ? null : JSON.stringify(body),
			headers: {
				...bearer('rf_live_full'),
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
				...headers,
			},
		});
		const read: unknown = await answer.body.json();
		return { status: answer.statusCode, headers: answer.headers, body: Object(read) };
	}

	async submit(fields: object = {}, headers: Record<string, string> = {}): Promise<Answer> {
		const body = { generated_image_url: IMAGE, task_type: 'product_photography', ...fields };
		return await this.call('POST', '/v1/evaluations', body, headers);
	}

	/** The evaluation once it is terminal. */
	async finished(id: unknown, query = ''): Promise<Record<string, unknown>> {
		return await until(async () => {
			const { body } = await this.call('GET', `/v1/evaluations/${String(id)}${query}`);
			return ['completed', 'failed'].includes(String(body.status_code)) && body;
		});
	}

	/** Uploads to a presigned URL and returns the status. */
	async put(url: string, body: Buffer, headers: Record<string, string>): Promise<number> {
		const answer = await request(url, { method: 'PUT', dispatcher: this.agent, body, headers });
		await answer.body.dump();
		return answer.statusCode;
	}

	async close(): Promise<void> {
		await this.agent.destroy();
	}
}
