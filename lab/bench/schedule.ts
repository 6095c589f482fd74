import { startEmulator } from '../emulator';
import type { Emulator } from '../emulator';
import { evaluateAll } from '../faults/evaluateAll';
import { evaluateByHand } from './handWritten';

/** How the account of the comparison behaves. */
export interface Setting {
	items: number;
	inFlightCap: number;
	/** Documented latencies are tens of seconds: 20 to 60 s, divided by this. */
	speed: number;
	answerDelayMs: number;
}

export interface Schedule {
	seconds: number;
	/** Verdicts that arrived. */
	verdicts: number;
	/** The shortest time in which these evaluations fit under the cap, in their order. */
	lowerBoundSeconds: number;
	/** The sum of their latencies: the least that one after the other can take. */
	sumSeconds: number;
	submits: number;
	refusedSubmits: number;
	looks: number;
	refusedLooks: number;
}

type Client = (baseUrl: string, refs: string[]) => Promise<number>;

/** One batch with the Runflow node on n8n's engine. */
export async function nodeSchedule(setting: Setting): Promise<Schedule> {
	return await measure(setting, async (baseUrl, refs) => {
		const { outputs, error } = await evaluateAll(baseUrl, refs);
		if (error) throw new Error(error.message);
		return (outputs[0] ?? []).filter(({ json }) => json.verdict !== 'no_verdict').length;
	});
}

/** The same batch with a client as one would write it by hand, under the same cap. */
export async function handWrittenSchedule(setting: Setting, pollMs: number): Promise<Schedule> {
	return await measure(setting, async (baseUrl, refs) => {
		return await evaluateByHand(baseUrl, refs, { workers: setting.inFlightCap, pollMs });
	});
}

async function measure(setting: Setting, client: Client): Promise<Schedule> {
	const { items, inFlightCap, speed, answerDelayMs } = setting;
	const emulator = await startEmulator({
		latency: { distribution: 'uniform', minMs: 20_000, maxMs: 60_000 },
		speed,
		inFlightCap,
		answerDelayMs,
	});
	try {
		const startedAt = performance.now();
		const refs = Array.from({ length: items }, (_, row) => `row-${row}`);
		const verdicts = await client(emulator.url, refs);
		const seconds = (performance.now() - startedAt) / 1_000;
		return { seconds, verdicts, ...fromLog(emulator, inFlightCap) };
	} finally {
		await emulator.close();
	}
}

function fromLog({ evaluations, requests }: Emulator, inFlightCap: number) {
	const latencies = evaluations.map(({ latencyMs }) => (latencyMs ?? 0) / 1_000);
	const count = (method: string, status?: number) =>
		requests.filter((each) => each.method === method && (!status || each.status === status)).length;
	return {
		lowerBoundSeconds: shortest(latencies, inFlightCap),
		sumSeconds: latencies.reduce((sum, latency) => sum + latency, 0),
		submits: count('POST'),
		refusedSubmits: count('POST', 429),
		looks: count('GET'),
		refusedLooks: count('GET', 429),
	};
}

/** Seconds these evaluations take at least: the next starts in the slot that is free first. */
export function shortest(latencies: number[], slots: number): number {
	const freeAt = new Array<number>(slots).fill(0);
	for (const latency of latencies) {
		const first = freeAt.indexOf(Math.min(...freeAt));
		freeAt[first] = (freeAt[first] ?? 0) + latency;
	}
	return Math.max(...freeAt);
}
