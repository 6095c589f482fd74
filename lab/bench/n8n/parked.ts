/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { countExecutions, untilCount } from '../../n8n/executionCounts';
import { startSession } from '../../n8n/session';
import {
	judgeNode,
	makeRows,
	postAll,
	publishWebhook,
	webhookFile,
	webhookOf,
} from '../../n8n/webhookRuns';

const AT_ONCE = 5;
const SETTLED_PER_SECOND = 4;
const ENDED_WITHIN_MS = 900_000;

/** What so many executions cost that wait for a callback, one evaluation each. */
export interface ParkedRun {
	executions: number;
	/** From the first request until all of them are `waiting`. */
	parkSeconds: number;
	/** How much more memory n8n has and how much larger its database is while all are parked. */
	memoryBytes: number;
	databaseBytes: number;
	/** Of n8n's process: from the webhook to the park, and from the callback to the end. */
	parkCpuMs: number;
	resumeCpuMs: number;
	/** Requests at Runflow. */
	requests: number;
	/** From the callback of the last verdict until all have ended. */
	lagSeconds: number;
	ended: number;
	evaluations: number;
}

export async function measureParked(
	executions: number,
	env: Record<string, string>,
): Promise<ParkedRun> {
	const emulator = { latency: 'manual', inFlightCap: 1e6, balance: null } as const;
	const session = await startSession({ emulator, env, https: true });
	try {
		const { client, n8n } = session;
		const { workflow, webhook } = await publishWebhook(
			session,
			webhookOf(n8n.url, 'parked'),
			webhookFile('parked', [judgeNode('callback')]),
		);
		const untilAll = async (status: string) =>
			await untilCount(client, workflow.id, status, executions, ENDED_WITHIN_MS);
		await sleep(3_000);
		const idleBytes = n8n.rssBytes();
		const emptyBytes = databaseBytes(n8n.userFolder);

		const cpuIdle = n8n.cpuMs();
		const startedAt = performance.now();
		await postAll(webhook, makeRows('parked', executions), AT_ONCE);
		await untilAll('waiting');
		const parkSeconds = secondsSince(startedAt);
		const memoryBytes = n8n.rssBytes() - idleBytes;
		const database = databaseBytes(n8n.userFolder) - emptyBytes;
		const cpuParked = n8n.cpuMs();

		for (const { id } of session.emulator.evaluations) {
			session.emulator.settle(id);
			await sleep(1_000 / SETTLED_PER_SECOND);
		}
		const settledAt = performance.now();
		await untilAll('success');
		return {
			executions,
			parkSeconds,
			memoryBytes,
			databaseBytes: database,
			parkCpuMs: cpuParked - cpuIdle,
			resumeCpuMs: n8n.cpuMs() - cpuParked,
			requests: session.emulator.requests.length,
			lagSeconds: secondsSince(settledAt),
			ended: await countExecutions(client, workflow.id, 'success'),
			evaluations: session.emulator.evaluations.length,
		};
	} finally {
		await session.end();
	}
}

/** The database with its write-ahead log. */
function databaseBytes(userFolder: string): number {
	const folder = join(userFolder, '.n8n');
	const files = readdirSync(folder).filter((name) => name.startsWith('database.sqlite'));
	return files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

function secondsSince(since: number): number {
	return (performance.now() - since) / 1_000;
}
