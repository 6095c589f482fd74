/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

import { news } from './finding';
import type { Finding } from './finding';

const PATIENCE_MS = 60_000;
const POLL_MS = 250;
const LONGEST = 1_500;

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

	/** The first callback, waited for for a minute. */
	async finding(): Promise<Finding> {
		const deadline = Date.now() + PATIENCE_MS;
		while (this.callbacks.length === 0 && Date.now() < deadline) await sleep(POLL_MS);
		const [first] = this.callbacks;
		if (first === undefined) return news('Callback', 'none within a minute');
		const { headers, body } = first;
		const signature = headers['runflow-signature'] === undefined ? 'not signed' : 'signed';
		const seen = `${signature}, ${Object.keys(headers).join(', ')}: ${body.slice(0, LONGEST)}`;
		return news(`Callback (${this.callbacks.length} came)`, seen);
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((done) => this.server.close(done));
	}
}
