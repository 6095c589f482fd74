/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import Table from 'cli-table3';
import { Command } from 'commander';

import { measureScale } from './scale';
import type { Scale } from './scale';
import { handWrittenSchedule, nodeSchedule } from './schedule';
import type { Schedule, Setting } from './schedule';

const SETTING: Setting = { items: 200, inFlightCap: 20, speed: 5, answerDelayMs: 20 };
/** The sample in Runflow's documentation looks every 5 s. */
const DOCUMENTED_POLL_MS = 5_000;
const SIZES = [100, 1_000, 10_000];
const STYLE = { head: [], border: [] };

const print = (text: string) => process.stdout.write(`${text}\n`);

async function compareSchedules(): Promise<void> {
	const { items, inFlightCap, speed, answerDelayMs } = SETTING;
	print(
		`${items} evaluations of 20 to 60 s, ${inFlightCap} at once; all latencies divided by ${speed}; answers take ${answerDelayMs} ms\n`,
	);
	const [node, byHand] = await Promise.all([
		nodeSchedule(SETTING),
		handWrittenSchedule(SETTING, DOCUMENTED_POLL_MS / speed),
	]);
	const table = new Table({
		style: STYLE,
		head: ['client', 'seconds', '× lower bound', 'GETs per verdict', '429 on GET', '429 on submit'],
	});
	table.push(
		['lower bound of this schedule', node.lowerBoundSeconds.toFixed(1), '1.00', '', '', ''],
		scheduleRow('Submit and Wait, finds the cap', node),
		scheduleRow(`by hand, knows the cap, looks every ${DOCUMENTED_POLL_MS / 1_000} s`, byHand),
		[
			'one after the other, each verdict seen at once',
			node.sumSeconds.toFixed(1),
			ratio(node.sumSeconds, node.lowerBoundSeconds),
			'',
			'',
			'',
		],
	);
	print(table.toString());
	print(
		`Submit and Wait is ${ratio(node.sumSeconds, node.seconds)} times as fast as one after the other; it takes ${ratio(node.seconds, byHand.seconds)} times as long as the client by hand, with ${ratio(node.looks, byHand.looks)} times its GETs\n`,
	);
}

function ratio(one: number, other: number): string {
	return (one / other).toFixed(2);
}

function scheduleRow(name: string, schedule: Schedule): string[] {
	const { seconds, lowerBoundSeconds, looks, verdicts, refusedLooks, refusedSubmits } = schedule;
	return [
		name,
		seconds.toFixed(1),
		ratio(seconds, lowerBoundSeconds),
		(looks / verdicts).toFixed(1),
		String(refusedLooks),
		String(refusedSubmits),
	];
}

async function compareSizes(sizes: number[]): Promise<void> {
	const table = new Table({
		style: STYLE,
		head: [
			'items',
			'seconds',
			'requests',
			'most in 1 s',
			'CPU s',
			'CPU ms an item',
			'… over http',
			'peak RSS MB',
			'peak heap MB',
			'heap kB an item',
			'same, no-op node',
		],
	});
	const scales: Scale[] = [];
	for (const size of sizes) scales.push(await measureScale(size, SETTING.speed));
	table.push(...scales.map(scaleRow));
	print(
		'One execution in a process of its own; heap after garbage collection, above the idle engine',
	);
	print(table.toString());
	const [first, last] = [scales.at(0)?.node, scales.at(-1)?.node];
	if (!first || !last || first === last) return;
	const perItem = (last.peakHeapBytes - first.peakHeapBytes) / (last.items - first.items);
	print(
		`From ${first.items} to ${last.items} items, each costs ${(perItem / 1_000).toFixed(1)} kB`,
	);
}

function scaleRow({ node, overHttp, noOp, requests, mostPerSecond }: Scale): string[] {
	const cpuOf = ({ cpuSeconds, items }: Scale['node']) => ((cpuSeconds / items) * 1_000).toFixed(1);
	const perItem = ({ peakHeapBytes, idleHeapBytes, items }: Scale['node']) =>
		((peakHeapBytes - idleHeapBytes) / items / 1_000).toFixed(1);
	return [
		String(node.items),
		node.seconds.toFixed(1),
		String(requests),
		String(mostPerSecond),
		node.cpuSeconds.toFixed(1),
		cpuOf(node),
		cpuOf(overHttp),
		(node.peakRssBytes / 1e6).toFixed(0),
		(node.peakHeapBytes / 1e6).toFixed(0),
		perItem(node),
		perItem(noOp),
	];
}

async function main(): Promise<void> {
	const { sizes } = new Command('npm run bench --')
		.description('Measures the waiting scheduler against an emulator of the Runflow API')
		.option('--sizes <numbers>', 'items of the runs that measure CPU and memory', SIZES.join(','))
		.parse()
		.opts<{ sizes: string }>();
	await compareSchedules();
	await compareSizes(sizes.split(',').map(Number));
	print('\nRepeat with: npm run bench   (about twenty minutes; with -- --sizes 100,1000 five)');
}

void main();
