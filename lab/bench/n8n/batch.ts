/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as sleep } from 'node:timers/promises';

import type { EmulatorOptions } from '../../emulator';
import { getExecution, listExecutions } from '../../n8n/executions';
import { isRecord } from '../../n8n/read';
import { startSession } from '../../n8n/session';
import type { Session } from '../../n8n/session';
import { makeRows, postRows, publishWebhook, webhookFile, webhookOf } from '../../n8n/webhookRuns';
import { shortest } from '../schedule';
import { withWiring } from './builders';
import type { Wiring } from './builders';

const LOOK_MS = 250;

/** What one execution with so many rows did, and what it cost n8n. */
export interface BatchRun {
	seconds: number;
	/** The shortest time in which these evaluations fit under the cap of the account. */
	lowerBoundSeconds: number;
	/** How long the execution was `running`, which is when it holds a slot. */
	slotSeconds: number;
	/** Evaluations that exist afterwards, and rows that came out with a verdict. */
	evaluations: number;
	verdicts: number;
	requests: number;
	refused: number;
	/** By how much the resident memory of n8n grew at most. */
	memoryBytes: number;
}

/** Runs the workflow in an n8n of its own. */
export async function runBatch(
	rows: number,
	account: Partial<EmulatorOptions>,
	wire: (baseUrl: string) => Wiring,
): Promise<BatchRun> {
	const session = await startSession({ emulator: account, https: true });
	try {
		const { client, emulator, n8n } = session;
		const file = withWiring(webhookFile('batch', []), wire(session.credentialData.baseUrl));
		const { workflow, webhook } = await publishWebhook(session, webhookOf(n8n.url, 'batch'), file);
		await sleep(3_000);

		const idleBytes = n8n.rssBytes();
		const startedAt = performance.now();
		await postRows(webhook, makeRows('batch', rows));
		const { id, slotSeconds, memoryBytes } = await watch(session, workflow.id);
		const seconds = (performance.now() - startedAt) / 1_000;
		const { runs } = await getExecution(client, id);
		const items = (runs.Judge ?? []).flatMap(({ outputs }) => outputs[0] ?? []);
		const { evaluations, options, requests } = emulator;
		const latencies = evaluations.map(({ latencyMs }) => (latencyMs ?? 0) / 1_000);
		return {
			seconds,
			lowerBoundSeconds: shortest(latencies, options.inFlightCap),
			slotSeconds,
			evaluations: evaluations.length,
			verdicts: items.filter(({ json }) => isRecord(json) && json.status_code === 'completed')
				.length,
			requests: requests.length,
			refused: requests.filter(({ status }) => status === 429).length,
			memoryBytes: memoryBytes - idleBytes,
		};
	} finally {
		await session.end();
	}
}

/** Looks at the execution until it has ended. */
async function watch({ client, n8n }: Session, workflowId: string) {
	let slotSeconds = 0;
	let memoryBytes = 0;
	let lookedAt = performance.now();
	for (;;) {
		await sleep(LOOK_MS);
		const [execution] = await listExecutions(client, workflowId);
		memoryBytes = Math.max(memoryBytes, n8n.rssBytes());
		const now = performance.now();
		if (execution?.status === 'running') slotSeconds += (now - lookedAt) / 1_000;
		lookedAt = now;
		if (execution?.status === 'error') throw new Error(`execution ${execution.id} failed`);
		if (execution?.status === 'success') return { id: execution.id, slotSeconds, memoryBytes };
	}
}
