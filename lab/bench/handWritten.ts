/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as sleep } from 'node:timers/promises';

import { Agent, request } from 'undici';

interface Habits {
	/** How many evaluations it has under way: it knows the cap of the account. */
	workers: number;
	/** The fixed interval of its looks. */
	pollMs: number;
}

/**
 * What a developer writes against the documentation: workers that submit one image each, look at a
 * fixed interval until it is finished, and take the next. Returns how many verdicts it got.
 */
export async function evaluateByHand(
	baseUrl: string,
	refs: string[],
	{ workers, pollMs }: Habits,
): Promise<number> {
	const agent = new Agent();
	const waiting = [...refs].reverse();
	let verdicts = 0;
	const call = async (method: 'GET' | 'POST', path: string, body?: object) => {
		const answer = await request(baseUrl + path, {
			method,
			dispatcher: agent,
			headers: {
				authorization: 'Bearer rf_live_full',
				...(body && { 'content-type': 'application/json' }),
			},
			body: body ? JSON.stringify(body) : null,
		});
		const read: unknown = await answer.body.json();
		const { id, status_code } = Object(read) as { id?: unknown; status_code?: unknown };
		return { status: answer.statusCode, id: String(id), state: String(status_code) };
	};
	const submit = async (ref: string) => {
		const body = {
			generated_image_url: `https://images.example.com/${ref}.png`,
			task_type: 'product_photography',
			client_ref: ref,
		};
		for (;;) {
			const { status, id } = await call('POST', '/v1/evaluations', body);
			if (status !== 429) return id;
			await sleep(pollMs);
		}
	};
	const work = async () => {
		for (let ref = waiting.pop(); ref !== undefined; ref = waiting.pop()) {
			const id = await submit(ref);
			for (let state = 'pending'; state !== 'completed';) {
				await sleep(pollMs);
				({ state } = await call('GET', `/v1/evaluations/${id}`));
			}
			verdicts += 1;
		}
	};
	await Promise.all(Array.from({ length: workers }, work));
	await agent.close();
	return verdicts;
}
