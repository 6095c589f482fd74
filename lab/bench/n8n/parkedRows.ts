/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as sleep } from 'node:timers/promises';

import { untilCount } from '../../n8n/executionCounts';
import { startSession } from '../../n8n/session';
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

/** What callbacks for one execution with so many parked rows cost while most rows are open. */
export interface ParkedRowsRun {
	rows: number;
	deliveries: number;
	looks: number;
	/** Processor time of n8n's process for each delivery. */
	cpuMs: number;
}

/** Some of the verdicts come, evenly, so many a second. */
export async function measureParkedRows(
	rows: number,
	verdicts: number,
	perSecond: number,
): Promise<ParkedRowsRun> {
	const emulator = { latency: 'manual', inFlightCap: 1e6, balance: null } as const;
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
		for (const [index, { id }] of evaluations.slice(0, verdicts).entries()) {
			await sleep(startedAt + (index * 1_000) / perSecond - performance.now());
			session.emulator.settle(id, { overall_passed: true });
		}
		const taken = () => deliveries.filter(({ status }) => status === 200).length;
		await until('all are taken', () => taken() === verdicts, DELIVERED_WITHIN_MS);
		return {
			...{ rows, deliveries: deliveries.length },
			looks: requests.slice(before.requests).filter(({ method }) => method === 'GET').length,
			cpuMs: (n8n.cpuMs() - before.cpuMs) / deliveries.length,
		};
	} finally {
		await session.end();
	}
}
