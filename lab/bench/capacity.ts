/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import Table from 'cli-table3';

import { simulateCrowd, type Crowd, type CrowdPlan } from '../simulation/crowd';
import { DURATIONS } from '../simulation/simulate';

const SECONDS_A_DAY = 86_400;
const MEAN_MS = 40_000;

/** Evaluations of 20 to 60 s on an account that takes so many at once. */
function accountOf(inFlightCap: number): CrowdPlan['account'] {
	return { inFlightCap, durationMs: DURATIONS.uniform(MEAN_MS, 1) };
}

const one = (cap: number, rows: number): CrowdPlan => ({
	...{ executions: 1, rows, start: 'oneByOne', account: accountOf(cap) },
});
const inARow = (cap: number): CrowdPlan => ({
	...{ executions: 100, rows: 1_000, start: 'oneByOne', account: accountOf(cap) },
});
const atOnce = (cap: number, executions: number, rows: number): CrowdPlan => ({
	...{ executions, rows, start: 'together', account: accountOf(cap) },
});

const TABLES: Array<[title: string, plans: Array<[cap: number, plan: CrowdPlan]>]> = [
	[
		'One execution of 1,000 rows',
		[5, 20, 50, 100, 200, 300, 500].map((cap) => [cap, one(cap, 1_000)]),
	],
	[
		'100,000 rows: 100 executions of 1,000 rows, one after the other',
		[20, 100, 500].map((cap) => [cap, inARow(cap)]),
	],
	[
		'1,000 executions of one row at once',
		[20, 100, 1_000].map((cap) => [cap, atOnce(cap, 1_000, 1)]),
	],
	['10 executions of 1,000 rows at once', [100, 1_000].map((cap) => [cap, atOnce(cap, 10, 1_000)])],
];

function rowOf(
	cap: number,
	{ executions, rows }: CrowdPlan,
	crowd: Crowd,
	workMs: number,
): string[] {
	const { verdicts, accepted, elapsedMs, requests, refusals, mostPerSecond } = crowd;
	const seconds = elapsedMs / 1_000;
	return [
		String(cap),
		`${verdicts} of ${executions * rows}`,
		String(accepted),
		seconds.toFixed(0),
		((elapsedMs * cap) / (verdicts * MEAN_MS)).toFixed(2),
		(requests / verdicts).toFixed(1),
		(requests / seconds).toFixed(1),
		String(mostPerSecond),
		String(refusals),
		((verdicts / seconds) * SECONDS_A_DAY).toFixed(0),
		(workMs / 1_000).toFixed(1),
	];
}

/** Prints the tables with the numbers on the command line, else all. */
async function main(): Promise<void> {
	const numbers = process.argv.slice(2).map(Number);
	for (const [index, [title, plans]] of TABLES.entries()) {
		if (numbers.length > 0 && !numbers.includes(index + 1)) continue;
		const head = [
			'account takes at once',
			'verdicts',
			'accepted',
			's',
			'overhead',
			'requests a verdict',
		];
		head.push('requests a second', 'most in 1 s', '429', 'verdicts a day', 's to simulate');
		const table = new Table({ head, style: { head: [], border: [] } });
		for (const [cap, plan] of plans) {
			const startedAt = performance.now();
			const crowd = await simulateCrowd(plan);
			table.push(rowOf(cap, plan, crowd, performance.now() - startedAt));
		}
		process.stdout.write(`${title}; evaluations of 20 to 60 s\n${table.toString()}\n`);
	}
}

void main();
