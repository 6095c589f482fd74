/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as sleep } from 'node:timers/promises';

import { startEmulator } from '../emulator';
import type { Emulator } from '../emulator';
import { SECRET } from './account';
import { startReceiver } from './receiver';
import type { Receiver } from './receiver';
import { rows, runOnRows } from './rows';

const LOOKUPS = { method: 'GET', pathPrefix: '/v1/evaluations/' };
const PATIENCE_MS = 80_000;

export interface OutageReport {
	evaluations: string[];
	executions: string[];
	/** Attempts to deliver an evaluation's callback, those of the outage included. */
	deliveries: number;
	/** Answers of the trigger by status. */
	answers: Record<string, number>;
	/** What happened, a line for each phase of the outage. */
	log: string[];
	/** Executions started by callbacks that came again after a restart of n8n. */
	executionsAfterRestart: number;
}

/**
 * Submits evaluations whose callbacks come three times at once and in any order, beside those of
 * some runs, while the API answers 503, then 429, then hangs up, and recovers. Then n8n is
 * restarted and all callbacks come again.
 */
export async function liveThroughOutage(count: number): Promise<OutageReport> {
	const emulator = await startEmulator({
		...{ latency: 'manual' as const, callbackSecret: SECRET },
		...{ callbackDuplicates: 3, callbackDuplicatesConcurrent: true },
		...{ callbackShuffle: true, callbackDelayMs: 2_000, callbackTimeoutMs: 30_000 },
		callbackRetryDelaysMs: [300, 600, 1_200, 2_400, 4_800],
	});
	const receiver = await startReceiver(emulator);
	try {
		await submitAll(emulator, receiver.url, count);
		for (const { id } of emulator.evaluations) emulator.settle(id);
		const log = await outage(emulator, receiver, count / 4);
		await until(() => isDelivered(emulator, count));
		const report = reportOn(emulator, receiver, log);

		await receiver.restart();
		const before = receiver.executions.length;
		const again = emulator.evaluations.map(
			async ({ id }) => await emulator.redeliver(id, 2, { concurrent: true }),
		);
		await Promise.all(again);
		return { ...report, executionsAfterRestart: receiver.executions.length - before };
	} finally {
		await emulator.close();
		await receiver.close();
	}
}

async function submitAll(emulator: Emulator, callbackUrl: string, count: number): Promise<void> {
	const additionalFields = { callbackUrl, clientRef: '=row-{{ $json.row }}' };
	await runOnRows(emulator.url, { operation: 'submit', additionalFields }, rows(count));
}

/** Each phase lasts until the trigger has given this many answers of the status it brings about. */
async function outage(emulator: Emulator, receiver: Receiver, answers: number): Promise<string[]> {
	const { options } = emulator;
	const log: string[] = [];
	const phase = async (name: string, status: number, begin: () => void) => {
		begin();
		const from = receiver.answers.length;
		const started = receiver.executions.length;
		const statuses = () => countBy(receiver.answers.slice(from).map((each) => each.status));
		await until(() => (statuses()[status] ?? 0) >= answers);
		const executions = receiver.executions.length - started;
		log.push(`${name}: answers ${JSON.stringify(statuses())}, executions started ${executions}`);
	};
	await phase('The API works', 200, () => {
		for (let run = 0; run < answers; run++) void emulator.deliverRunCallback(receiver.url);
	});
	await phase('The API answers 503', 503, () => {
		options.forcedAnswers = [{ ...LOOKUPS, status: 503 }];
	});
	await phase('The API answers 429', 503, () => {
		options.forcedAnswers = [{ ...LOOKUPS, status: 429 }];
	});
	await phase('The API hangs up', 503, () => {
		options.forcedAnswers = [];
		options.faults = { rate: 1, kinds: ['dropBefore'], only: (method) => method === 'GET' };
	});
	await phase('The API works again', 200, () => {
		options.faults = { rate: 0, kinds: [] };
	});
	return log;
}

async function until(condition: () => boolean): Promise<void> {
	const deadline = performance.now() + PATIENCE_MS;
	while (!condition()) {
		if (performance.now() > deadline) throw new Error('Waited in vain');
		await sleep(10);
	}
}

/** Whether each callback has come to its end: all three copies answered with 200. */
function isDelivered({ deliveries }: Emulator, count: number): boolean {
	const done = deliveries.filter(
		({ evaluationId, status }) => evaluationId !== null && status === 200,
	);
	return done.length === 3 * count;
}

function reportOn(emulator: Emulator, receiver: Receiver, log: string[]): OutageReport {
	const { evaluations, deliveries } = emulator;
	return {
		evaluations: evaluations.map(({ id }) => id).sort(),
		executions: receiver.executions.map(({ id }) => String(id)).sort(),
		deliveries: deliveries.filter(({ evaluationId }) => evaluationId !== null).length,
		answers: countBy(receiver.answers.map(({ status }) => status)),
		log,
		executionsAfterRestart: 0,
	};
}

function countBy(values: number[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
	return counts;
}
