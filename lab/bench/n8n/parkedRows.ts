/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as sleep } from 'node:timers/promises';

import { untilCount } from '../../n8n/executionCounts';
import { getExecution, outputOf, waitForExecutions } from '../../n8n/executions';
import { startSession } from '../../n8n/session';
import {
	judgeNode,
	makeRows,
	postRows,
	publishWebhook,
	webhookFile,
	webhookOf,
} from '../../n8n/webhookRuns';

const PARKED_WITHIN_MS = 180_000;
const ENDED_WITHIN_MS = 240_000;
const RETRY_DELAYS_MS = [1_000, 2_000, ...Array.from({ length: 24 }, () => 5_000)];

/** What the callbacks of one execution with so many parked rows cost. */
export interface ParkedRowsRun {
	rows: number;
	verdicts: number;
	/** Deliveries of callbacks, repeated ones included. */
	deliveries: number;
	looks: number;
	/** Processor time of n8n's process for each delivery. */
	cpuMs: number;
	/** From the last verdict until the execution has ended. */
	lagSeconds: number;
}

/** Verdicts come evenly, so many a second. */
export async function measureParkedRows(rows: number, perSecond: number): Promise<ParkedRowsRun> {
	const emulator = {
		...({ latency: 'manual', inFlightCap: 1e6, balance: null } as const),
		callbackRetryDelaysMs: RETRY_DELAYS_MS,
	};
	const session = await startSession({ emulator });
	try {
		const { client, n8n } = session;
		const file = webhookFile('rows', [judgeNode('callback')]);
		const webhook = webhookOf(n8n.url, 'rows');
		const { workflow } = await publishWebhook(session, webhook, file);
		await postRows(webhook, makeRows('rows', rows));
		await untilCount(client, workflow.id, 'waiting', 1, PARKED_WITHIN_MS);
		await sleep(3_000);

		const { requests, deliveries, evaluations } = session.emulator;
		const before = { requests: requests.length, cpuMs: n8n.cpuMs() };
		const startedAt = performance.now();
		for (const [index, evaluation] of evaluations.entries()) {
			await sleep(startedAt + (index * 1_000) / perSecond - performance.now());
			session.emulator.settle(evaluation.id, { overall_passed: true });
		}
		const settledAt = performance.now();
		await untilCount(client, workflow.id, 'success', 1, ENDED_WITHIN_MS);
		const lagSeconds = (performance.now() - settledAt) / 1_000;
		const cpuMs = (n8n.cpuMs() - before.cpuMs) / deliveries.length;
		const [{ id } = { id: '' }] = await waitForExecutions(client, workflow.id);
		const items = outputOf(await getExecution(client, id), 'Judge');
		return {
			...{ rows, lagSeconds, cpuMs, deliveries: deliveries.length },
			verdicts: items.filter(({ verdict }) => verdict === 'passed').length,
			looks: requests.slice(before.requests).filter(({ method }) => method === 'GET').length,
		};
	} finally {
		await session.end();
	}
}
