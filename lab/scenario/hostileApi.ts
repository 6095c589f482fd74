/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';

export interface Answer {
	status: number;
	/** Sent as it is. */
	body: string | Buffer;
}

export interface HostileApi {
	url: string;
	close(): Promise<void>;
}

/** What answers for a row: its reference, or undefined for the honest answer. */
type Answering = (place: 'submit' | 'get' | 'prices', ref: string) => Answer | undefined;

const PRICES = { items: [{ code: 'standard', name: 'Standard', price: '0.400000' }] };

/** The id of a row's evaluation. */
export const idOf = (ref: string) =>
	`00000000-0000-4000-8000-${ref.replace(/\D/g, '').padStart(12, '0')}`;

/** The honest answer about a row's evaluation: it has passed. */
export function passedAs(ref: string) {
	return {
		id: idOf(ref),
		client_ref: ref,
		status_code: 'completed',
		overall_passed: true,
		weighted_pass_rate: 0.9,
		top_issues: [],
		top_strengths: ['sharp'],
		cost: '0.400000',
		submitted_at: new Date().toISOString(),
		completed_at: new Date().toISOString(),
	};
}

/** An API in which every row passes at once, except where it answers something else. */
export async function startHostileApi(answering: Answering): Promise<HostileApi> {
	const server = createServer((request, response) => {
		void answerTo(request, answering).then(({ status, body }) => {
			response.writeHead(status, { 'content-type': 'application/json' }).end(body);
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	const close = async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	};
	return { url: `http://127.0.0.1:${port}`, close };
}

async function answerTo(request: IncomingMessage, answering: Answering): Promise<Answer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(Buffer.from(chunk));
	const path = request.url ?? '';
	if (path.includes('job-classes')) return answering('prices', '') ?? honest(PRICES);
	if (request.method === 'POST') {
		const ref = String(JSON.parse(Buffer.concat(chunks).toString()).client_ref);
		const { id, client_ref } = passedAs(ref);
		return answering('submit', ref) ?? honest({ id, client_ref, status_code: 'pending' });
	}
	const [, number] = /-(\d{12})/.exec(path) ?? [];
	const ref = `row-${Number(number)}`;
	return answering('get', ref) ?? honest(passedAs(ref));
}

const honest = (value: unknown): Answer => ({ status: 200, body: JSON.stringify(value) });
