import { startEmulator } from '../emulator';
import type { Emulator, EvaluationRecord, FaultKind } from '../emulator';
import { nodeRun, retryFailed } from '../engine';
import type { NodeRun } from '../engine';
import { evaluateAll } from './evaluateAll';

export const FAULT_KINDS: FaultKind[] = [
	'dropBefore',
	'dropAfter',
	'status500',
	'status502',
	'status503',
	'slow',
	'truncatedJson',
	'html',
	'earlyNotFound',
];

const FAULT_RATE = 0.2;
const AT_ONCE = 5;
const SHORT_TIMEOUT_S = 10;
const LONG_LATENCY_MS = 14_000;
const EVERY_SO_MANY_LONG = 40;
const MOST_PRESSES = 3;

export interface Campaign {
	kinds: FaultKind[];
	seed: number;
	executions: number;
	itemsEach: number;
	/**
	 * Retry On Fail, five tries, the most that n8n makes: some evaluations take longer than the timeout
	 * of the node, so that the first try fails with most of the batch billed.
	 */
	retryOnFail?: boolean;
	/** The same, but somebody presses Retry in the executions list until it succeeds. */
	retryInList?: boolean;
}

export interface Figures {
	submits: number;
	requests: number;
	/** Submits that were answered with an evaluation that existed already. */
	replays: number;
	faults: Partial<Record<FaultKind, number>>;
	existing: number;
	billed: number;
	billedTwice: string[];
	/** Items without their verdict, and why. */
	wrong: string[];
	seconds: number;
}

/** Runs several executions at once against one emulator that injects faults, and takes stock. */
export async function runCampaign(campaign: Campaign): Promise<Figures> {
	const startedAt = performance.now();
	const emulator = await startEmulator({
		seed: campaign.seed,
		latency: { distribution: 'uniform', minMs: 200, maxMs: 900 },
		faults: { rate: FAULT_RATE, kinds: campaign.kinds },
		outcome: ({ client_ref }) =>
			(campaign.retryOnFail || campaign.retryInList) && isLong(client_ref)
				? { latencyMs: LONG_LATENCY_MS }
				: undefined,
	});
	try {
		const wrong: string[] = [];
		const numbers = [...Array(campaign.executions).keys()];
		const work = async () => {
			for (let number = numbers.pop(); number !== undefined; number = numbers.pop()) {
				wrong.push(...(await runExecution(emulator, campaign, number)));
			}
		};
		await Promise.all(Array.from({ length: AT_ONCE }, work));
		return takeStock(emulator, campaign, wrong, startedAt);
	} finally {
		await emulator.close();
	}
}

async function runExecution(emulator: Emulator, campaign: Campaign, number: number) {
	const { itemsEach, retryOnFail, retryInList } = campaign;
	const refs = Array.from({ length: itemsEach }, (_, row) => `run-${number}-row-${row}`);
	let run = await evaluateAll(
		emulator.url,
		refs,
		retryOnFail ? { retryOnFail, maxTries: 5, waitBetweenTries: 2_000 } : {},
		{ options: { timeoutSeconds: retryOnFail || retryInList ? SHORT_TIMEOUT_S : 120 } },
	);
	for (let presses = 0; retryInList && run.error && presses < MOST_PRESSES; presses++) {
		run = nodeRun(await retryFailed(run));
	}
	if (run.error) return refs.map((ref) => `${ref}: ${run.error?.message}`);
	return whatIsWrong(emulator, refs, run);
}

/** Each item must carry the id and the verdict of the evaluation that has its reference. */
function whatIsWrong(emulator: Emulator, refs: string[], run: NodeRun): string[] {
	const byRef = new Map<string | null, EvaluationRecord>();
	for (const record of emulator.evaluations) byRef.set(record.clientRef, record);
	return refs.flatMap((ref, row) => {
		const item = run.outputs[0]?.[row]?.json;
		const record = byRef.get(ref);
		if (!item || !record) return [`${ref}: nothing came of it`];
		const { overall_passed, weighted_pass_rate } = record.outcome ?? {};
		const verdict = overall_passed ? 'passed' : 'not_passed';
		const expected = {
			id: record.id,
			client_ref: ref,
			verdict,
			overall_passed,
			weighted_pass_rate,
		};
		return Object.entries(expected).flatMap(([key, value]) =>
			item[key] === value ? [] : [`${ref}: ${key} is ${String(item[key])}`],
		);
	});
}

function takeStock(
	emulator: Emulator,
	campaign: Campaign,
	wrong: string[],
	startedAt: number,
): Figures {
	const { requests, evaluations } = emulator;
	const { billed, billedTwice } = emulator.ledger();
	const faults: Figures['faults'] = {};
	for (const { fault } of requests) if (fault) faults[fault] = (faults[fault] ?? 0) + 1;
	const accepted = requests.filter(({ method, status }) => method === 'POST' && status === 202);
	return {
		submits: campaign.executions * campaign.itemsEach,
		requests: requests.length,
		replays: accepted.length - evaluations.length,
		faults,
		existing: evaluations.length,
		billed,
		billedTwice,
		wrong,
		seconds: (performance.now() - startedAt) / 1_000,
	};
}

function isLong(clientRef = ''): boolean {
	return Number(clientRef.split('-').at(-1)) % EVERY_SO_MANY_LONG === 7;
}
