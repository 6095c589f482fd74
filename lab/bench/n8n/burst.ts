/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as sleep } from 'node:timers/promises';

import { countExecutions } from '../../n8n/executionCounts';
import { startSession } from '../../n8n/session';
import { storeWorkflow } from '../../n8n/webhookRuns';
import { rowOfNodes } from '../../n8n/workflowFile';
import { activateWorkflow, triggerWebhook } from '../../n8n/workflows';
import { submitMany } from './load';

const LOOK_MS = 200;
const GIVE_UP_MS = 180_000;
/** Runflow delivers again what was not taken. */
const RETRY_DELAYS_MS = [1_000, ...Array.from({ length: 40 }, () => 5_000)];
const TRIGGER = {
	name: 'Trigger',
	type: 'n8n-nodes-runflow.runflowTrigger',
	typeVersion: 1.1,
	extra: { webhookId: '0b5f2c1e-4d3a-4c8b-9e6f-7a8b9c0d1e29' },
};

/** What came of callbacks that were all sent in the same moment. */
export interface Burst {
	/** From the first callback until the last execution has ended. */
	seconds: number;
	/** The longest that n8n took to answer anything else meanwhile. */
	longestSilenceSeconds: number;
	/** Executions that have ended well; each callback should start one. */
	ended: number;
	/** All deliveries, by the status of the answer. */
	answers: Record<string, number>;
	/** Of n8n's process, per callback. */
	cpuMs: number;
}

/** Lets so many evaluations end at once and delivers until each has started an execution. */
export async function measureBurst(callbacks: number, env: Record<string, string>): Promise<Burst> {
	const account = { latency: 'manual', inFlightCap: 1e6, balance: null } as const;
	const emulator = { ...account, callbackRetryDelaysMs: RETRY_DELAYS_MS };
	const session = await startSession({ emulator, env, https: true });
	try {
		const { client, n8n } = session;
		const end = { name: 'End', type: 'n8n-nodes-base.noOp' };
		const workflow = await storeWorkflow(session, rowOfNodes('Burst', [TRIGGER, end]));
		const webhook = triggerWebhook(n8n.url, workflow, TRIGGER.name, 'runflow');
		await activateWorkflow(client, workflow, [webhook]);
		const ids = await submitMany(session.emulator.url, callbacks, { callback_url: webhook.url });
		await sleep(3_000);

		const cpuBefore = n8n.cpuMs();
		const startedAt = performance.now();
		for (const id of ids) session.emulator.settle(id, { overall_passed: true });
		let ended = 0;
		let longestSilenceMs = 0;
		let heardAt = startedAt;
		while (ended < callbacks && performance.now() - startedAt < GIVE_UP_MS) {
			await sleep(LOOK_MS);
			// Under such a load n8n also answers 503, "Database is not ready".
			const found = await countExecutions(client, workflow.id, 'success').catch(() => undefined);
			if (found === undefined) continue;
			ended = found;
			longestSilenceMs = Math.max(longestSilenceMs, performance.now() - heardAt - LOOK_MS);
			heardAt = performance.now();
		}
		const seconds = (performance.now() - startedAt) / 1_000;
		const answers: Record<string, number> = {};
		for (const { status } of session.emulator.deliveries) {
			answers[status] = (answers[status] ?? 0) + 1;
		}
		const cpuMs = (n8n.cpuMs() - cpuBefore) / callbacks;
		return { seconds, longestSilenceSeconds: longestSilenceMs / 1_000, ended, answers, cpuMs };
	} finally {
		await session.end();
	}
}
