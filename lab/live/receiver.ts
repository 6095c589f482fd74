/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

import { news } from './finding';
import type { Findings } from './finding';

const PATIENCE_MS = 60_000;
const POLL_MS = 250;
const LONGEST = 1_500;
const MOST_SHOWN = 4;
const END = /completed|failed|cancel|finished|succeeded/i;

interface Callback {
	headers: IncomingHttpHeaders;
	body: string;
}

/** Shows what Runflow sends when an evaluation is finished: a trigger would show what it looked up. */
export class CallbackReceiver {
	private readonly callbacks: Callback[] = [];

	private constructor(
		private readonly server: Server,
		/** The address under which Runflow reaches it. */
		readonly publicUrl: string,
	) {
		server.on('request', (request, response) => {
			void text(request).then((body) => {
				this.callbacks.push({ headers: request.headers, body });
				response.end();
			});
		});
	}

	/** Listens on loopback; `publicUrl` is the https address of a tunnel to this port. */
	static async listen(port: number, publicUrl?: string): Promise<CallbackReceiver> {
		const server = createServer();
		await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
		const address = server.address();
		const at = typeof address === 'object' && address !== null ? address.port : port;
		return new CallbackReceiver(server, publicUrl ?? `http://127.0.0.1:${at}/`);
	}

	/** What came, waited for for a minute until one names a status that is an end. */
	async *findings(): Findings {
		const deadline = Date.now() + PATIENCE_MS;
		while (!this.callbacks.some(({ body }) => END.test(body)) && Date.now() < deadline) {
			await sleep(POLL_MS);
		}
		yield news('Callbacks', this.callbacks.length || 'none within a minute');
		for (const { headers, body } of this.callbacks.slice(0, MOST_SHOWN)) {
			const signature = headers['runflow-signature'] === undefined ? 'not signed' : 'signed';
			const seen = `${signature}, ${Object.keys(headers).join(', ')}: ${body.slice(0, LONGEST)}`;
			yield news('Callback', seen);
		}
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((done) => this.server.close(done));
	}
}
