/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import Table from 'cli-table3';

import { runBatch, type BatchRun } from './batch';
import {
	GUIDE_POLL_SECONDS,
	loopWiring,
	oneByOneWiring,
	persistentLoopWiring,
	runflowWiring,
} from './builders';
import { measureBurst } from './burst';
import type { Chosen } from './engines';
import { measureParked } from './parked';
import { measureParkedRows } from './parkedRows';
import { compareStartUp } from './startUp';
import { compareReceivers } from './trigger';

/** Documented latencies are tens of seconds; these and the pauses of the loops are divided by it. */
const SPEED = 5;
const ROWS = 200;
/** One row after the other takes so long that only a tenth of them is run. */
const FEW_ROWS = ROWS / 10;
/** Callbacks in one moment. */
const BURST = 300;
/** Of each kind, one after the other. */
const ROW_CALLBACKS = 60;
const MEBIBYTE = 1 << 20;

/** Prints a table for each of the comparisons; every row is run in an n8n of its own. */
export const REPORTS = {
	async batch() {
		const account = accountWith(20);
		print(
			`Evaluations of 20 to 60 s, at most 20 under way; latencies and the loops' pause of ${GUIDE_POLL_SECONDS} s divided by ${SPEED}`,
		);
		const runs: Array<[string, number, BatchRun]> = [];
		const add = async (name: string, rows: number, wire: Parameters<typeof runBatch>[2]) => {
			runs.push([name, rows, await runBatch(rows, account, wire)]);
		};
		await add('Submit and Wait, polling', ROWS, () => runflowWiring('poll'));
		await add('Submit and Wait, parked', ROWS, () => runflowWiring('callback'));
		await add('HTTP Request, Wait, IF', ROWS, (url) => loopWiring(url, SPEED));
		await add('the same, refused ones again', ROWS, (url) => persistentLoopWiring(url, SPEED));
		await add('Loop Over Items, one by one', FEW_ROWS, (url) => oneByOneWiring(url, SPEED));
		printBatches(runs);
	},

	async growth() {
		const runs: Array<[string, number, BatchRun]> = [];
		for (const rows of [10, 100, 1_000, 10_000]) {
			const run = await runBatch(rows, accountWith(1_000), () => runflowWiring('poll'));
			runs.push(['Submit and Wait, polling', rows, run]);
		}
		print(`Evaluations of 20 to 60 s divided by ${SPEED}, at most 1,000 under way`);
		printBatches(runs);
	},

	async parked({ engines: [engine], callbacks }: Chosen) {
		const env = engine?.env ?? {};
		const table = tableOf(
			'executions',
			's to park all',
			'memory MiB',
			'database kB each',
			'CPU ms each, to park',
			'CPU ms each, to resume',
			'requests each',
			's from the last verdict to the end of all',
			'lost',
		);
		for (const executions of callbacks === undefined ? [10, 100, 1_000] : [callbacks]) {
			const run = await measureParked(executions, env);
			table.push([
				executions,
				run.parkSeconds.toFixed(1),
				(run.memoryBytes / MEBIBYTE).toFixed(0),
				(run.databaseBytes / executions / 1_000).toFixed(1),
				(run.parkCpuMs / executions).toFixed(1),
				(run.resumeCpuMs / executions).toFixed(1),
				(run.requests / executions).toFixed(1),
				run.lagSeconds.toFixed(1),
				executions - run.ended,
			]);
		}
		print(table.toString());
	},

	async rows({ engines, callbacks = ROW_CALLBACKS }: Chosen) {
		for (const { name, env } of engines) {
			const table = tableOf('rows', 'callback', 'callbacks', 'looks each', 'CPU ms each');
			for (const rows of [10, 1_000]) {
				for (const each of await measureParkedRows(rows, callbacks, env)) {
					const looks = (each.looks / each.callbacks).toFixed(2);
					table.push([rows, each.kind, each.callbacks, looks, each.cpuMs.toFixed(1)]);
				}
			}
			print(`One parked execution; expression engine: ${name}`);
			print(table.toString());
		}
	},

	async trigger({ engines, callbacks }: Chosen) {
		for (const { name: engine, callbacks: enough, env } of engines) {
			const amount = callbacks ?? enough;
			const table = tableOf(
				'receiver',
				'a second',
				'of the first',
				'CPU ms each',
				'p99 ms',
				'answers',
			);
			const receptions = await compareReceivers(amount, env);
			const first = receptions[0]?.perSecond ?? Number.NaN;
			for (const { name, perSecond, p99Ms, cpuMs, answers } of receptions) {
				const share = `${((perSecond / first) * 100).toFixed(0)} %`;
				table.push([
					name,
					perSecond.toFixed(1),
					share,
					cpuMs.toFixed(1),
					p99Ms,
					JSON.stringify(answers),
				]);
			}
			print(`Expression engine: ${engine}; ${amount} callbacks over 10 connections`);
			print(table.toString());
		}
	},

	async burst({ engines, callbacks = BURST }: Chosen) {
		const table = tableOf(
			'expression engine',
			'executions',
			's until the last has ended',
			'longest silence of n8n, s',
			'CPU ms each',
			'answers',
		);
		for (const { name, env } of engines) {
			const burst = await measureBurst(callbacks, env);
			table.push([
				name,
				`${burst.ended} of ${callbacks}`,
				burst.seconds.toFixed(1),
				burst.longestSilenceSeconds.toFixed(1),
				burst.cpuMs.toFixed(1),
				JSON.stringify(burst.answers),
			]);
		}
		print(`${callbacks} callbacks in the same moment, delivered again when they are not taken`);
		print(table.toString());
	},

	async startup() {
		const table = tableOf('package', 'nodes', 'ms to load', 'heap kB');
		for (const { name, nodes, ms, heapBytes } of await compareStartUp()) {
			table.push([name, nodes, ms.toFixed(0), (heapBytes / 1_000).toFixed(0)]);
		}
		print(table.toString());
	},
};

function accountWith(inFlightCap: number) {
	const latency = { distribution: 'uniform', minMs: 20_000, maxMs: 60_000 } as const;
	return { latency, speed: SPEED, inFlightCap, answerDelayMs: 20, balance: null };
}

function printBatches(runs: Array<[string, number, BatchRun]>): void {
	const table = tableOf(
		'workflow',
		'rows',
		's',
		'× lower bound',
		's in a slot',
		'requests a verdict',
		'429',
		'rows lost',
		'memory MiB',
	);
	for (const [name, rows, run] of runs) {
		table.push([
			name,
			rows,
			run.seconds.toFixed(1),
			(run.seconds / run.lowerBoundSeconds).toFixed(2),
			run.slotSeconds.toFixed(1),
			(run.requests / run.verdicts).toFixed(1),
			run.refused,
			rows - run.verdicts,
			(run.memoryBytes / MEBIBYTE).toFixed(0),
		]);
	}
	print(table.toString());
}

function tableOf(...head: string[]) {
	return new Table({ head, style: { head: [], border: [] } });
}

function print(text: string): void {
	process.stdout.write(`${text}\n`);
}
