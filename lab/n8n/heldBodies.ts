/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { connect } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import { sign } from '../scenario/account';
import { CALLBACK_SECRET } from './session';

const ARRIVED_WITHIN_MS = 2_000;
const ANSWERED_WITHIN_MS = 30_000;

/** Senders that announce a body, send one byte of it and hold the connection. */
export interface HeldBodies {
	/** What each has been answered so far. */
	answers(): string[];
	/** Hangs up. */
	end(): Promise<void>;
}

/** Forged callbacks of a type that n8n leaves to the node, well-formed but for their body. */
export async function holdBodies(url: string, count: number): Promise<HeldBodies> {
	const { hostname, port, pathname } = new URL(url);
	const answers = Array.from({ length: count }, () => '');
	const sockets = answers.map((_, sender) => {
		const socket = connect(Number(port), hostname);
		socket.on('error', () => {});
		socket.on('data', (chunk) => {
			answers[sender] += String(chunk);
		});
		const head = [
			`POST ${pathname} HTTP/1.1`,
			`Host: ${hostname}`,
			'Content-Type: application/octet-stream',
			...(sender % 2 ? ['Content-Encoding: gzip'] : []),
			'Content-Length: 100',
			`Runflow-Signature: ${'a'.repeat(64)}`,
		];
		socket.write(`${head.join('\r\n')}\r\n\r\n\x1f`);
		return socket;
	});
	await sleep(ARRIVED_WITHIN_MS);
	return {
		answers: () => [...answers],
		end: async () => {
			await Promise.all(
				sockets.map(async (socket) => {
					if (socket.destroyed) return;
					const closed = once(socket, 'close');
					socket.destroy();
					await closed;
				}),
			);
		},
	};
}

/** A callback that is signed as it should be, about an evaluation that nobody knows. */
export async function callSigned(url: string): Promise<{ status: number; ms: number }> {
	const body = JSON.stringify({ id: crypto.randomUUID() });
	const since = performance.now();
	const response = await fetch(url, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			'runflow-signature': sign(body, CALLBACK_SECRET),
		},
		body,
		signal: AbortSignal.timeout(ANSWERED_WITHIN_MS),
	});
	return { status: response.status, ms: performance.now() - since };
}
