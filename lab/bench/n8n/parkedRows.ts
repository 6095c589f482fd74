/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { untilCount } from '../../n8n/executionCounts';
import { CALLBACK_SECRET, startSession } from '../../n8n/session';
import {
	judgeNode,
	makeRows,
	postRows,
	publishWebhook,
	until,
	webhookFile,
	webhookOf,
} from '../../n8n/webhookRuns';

const PARKED_WITHIN_MS = 180_000;
const DELIVERED_WITHIN_MS = 60_000;
/** While n8n starts, callbacks wait. */
const STARTED_WITHIN_MS = 60_000;

/** What callbacks of one kind cost n8n's process. */
export interface ParkedCallbacks {
	kind: 'forged' | 'duplicate' | 'genuine';
	rows: number;
	callbacks: number;
	/** Requests to Runflow, for all of them. */
	looks: number;
	/** Processor time for each. */
	cpuMs: number;
}

/**
 * Callbacks for one execution with so many parked rows, most of them open: signed with another secret,
 * about an evaluation that has called before, and about one that has just ended; one after the other.
 */
export async function measureParkedRows(
	rows: number,
	callbacks: number,
	env: Record<string, string>,
): Promise<ParkedCallbacks[]> {
	const emulator = { latency: 'manual', inFlightCap: 1e6, balance: null } as const;
	const session = await startSession({ emulator, env, https: true });
	try {
		const { client, n8n } = session;
		const file = webhookFile('rows', [judgeNode('callback')]);
		const webhook = webhookOf(n8n.url, 'rows');
		const { workflow } = await publishWebhook(session, webhook, file);
		await postRows(webhook, makeRows('rows', rows));
		await untilCount(client, workflow.id, 'waiting', 1, PARKED_WITHIN_MS);

		const { requests, deliveries, evaluations } = session.emulator;
		const [first] = evaluations;
		if (first === undefined) throw new Error('nothing was submitted');
		const taken = () => deliveries.filter(({ status }) => status === 200).length;
		session.emulator.settle(first.id, { overall_passed: true });
		await until('the first is taken', () => taken() === 1, STARTED_WITHIN_MS);
		await sleep(3_000);

		const measure = async (
			kind: ParkedCallbacks['kind'],
			count: number,
			send: (at: number) => Promise<void>,
		) => {
			const before = { requests: requests.length, cpuMs: n8n.cpuMs() };
			for (let at = 0; at < count; at += 1) await send(at);
			const cpuMs = (n8n.cpuMs() - before.cpuMs) / count;
			return { kind, rows, callbacks: count, looks: requests.length - before.requests, cpuMs };
		};
		const post = async (secret: string, expected: number) => {
			const body = JSON.stringify({ id: first.id, status_code: 'completed' });
			const signature = createHmac('sha256', secret).update(body).digest('hex');
			const headers = { 'content-type': 'application/json', 'runflow-signature': signature };
			const url = first.body.callback_url ?? '';
			const { status } = await fetch(url, { method: 'POST', headers, body });
			if (status !== expected) throw new Error(`answered ${status}, not ${expected}`);
		};
		const others = evaluations.slice(1, Math.min(callbacks + 1, rows - 1));
		return [
			await measure('forged', callbacks, async () => await post('whsec_of_somebody_else', 401)),
			await measure('duplicate', callbacks, async () => await post(CALLBACK_SECRET, 200)),
			await measure('genuine', others.length, async (at) => {
				session.emulator.settle(others[at]?.id ?? '', { overall_passed: true });
				await until('it is taken', () => taken() === at + 2, DELIVERED_WITHIN_MS);
			}),
		];
	} finally {
		await session.end();
	}
}
