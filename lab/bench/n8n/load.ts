import { createHmac } from 'node:crypto';

import autocannon from 'autocannon';
import { CALLBACK_SECRET } from '../../n8n/session';
import { TestClient } from '../../emulator/testClient';

const SUBMITS_AT_ONCE = 32;

/** What so many requests showed. */
export interface Load {
	/** From the first request to the last answer. */
	seconds: number;
	p99Ms: number;
	/** Answers by status code, and what got no answer. */
	answers: Record<string, number>;
}

interface LoadOptions {
	amount: number;
	connections: number;
	/** The body of the next request; every request has another one. */
	nextBody: () => string;
	/** Signed with another secret than the credential's. */
	forged?: boolean;
}

/** Posts signed bodies as fast as they are answered, over so many connections. */
export async function postUnderLoad(url: string, options: LoadOptions): Promise<Load> {
	const { amount, connections, nextBody, forged } = options;
	const answers: Record<string, number> = {};
	const count = (answer: string, by = 1) => (answers[answer] = (answers[answer] ?? 0) + by);
	const secret = forged ? 'whsec_of_somebody_else' : CALLBACK_SECRET;
	const result = await autocannon({
		url,
		connections,
		amount,
		timeout: 60,
		requests: [
			{
				method: 'POST',
				setupRequest: (each) => {
					const body = nextBody();
					const signature = createHmac('sha256', secret).update(body).digest('hex');
					const headers = { 'content-type': 'application/json', 'runflow-signature': signature };
					return { ...each, body, headers };
				},
				onResponse: (status) => count(String(status)),
			},
		],
	});
	if (result.errors > 0) count('none', result.errors);
	return { seconds: result.duration, p99Ms: result.latency.p99, answers };
}

/** Submits so many images and returns the ids of their evaluations. */
export async function submitMany(
	baseUrl: string,
	count: number,
	fields: object = {},
): Promise<string[]> {
	const client = new TestClient({ url: baseUrl });
	const ids: string[] = [];
	let left = count;
	const work = async () => {
		while (left-- > 0) ids.push(String((await client.submit(fields)).body.id));
	};
	await Promise.all(Array.from({ length: SUBMITS_AT_ONCE }, work));
	await client.close();
	return ids;
}
