/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

import { startEmulator } from '../emulator';
import type { Usage } from './oneRun';
import { openSecureDoor } from '../n8n/secureDoor';

const run = promisify(execFile);
/** In the process itself: the command of tsx passes no flag of Node on. */
const TSX = require.resolve('tsx/cjs');
const SCRIPT = path.join(__dirname, 'oneRun.ts');

/** What so many items cost, and what they cost when the node does nothing. */
export interface Scale {
	/** Over https, where n8n makes a new connection for each request. */
	node: Usage;
	overHttp: Usage;
	noOp: Usage;
	requests: number;
	mostPerSecond: number;
}

/** Runs each in a process of its own; the emulator stays in this one. */
export async function measureScale(items: number, speed: number): Promise<Scale> {
	const emulator = await startEmulator({
		latency: { distribution: 'uniform', minMs: 20_000, maxMs: 60_000 },
		speed,
	});
	const door = await openSecureDoor(emulator.url);
	try {
		const noOp = await inProcess(items);
		const overHttp = await inProcess(items, emulator.url);
		emulator.reset();
		const node = await inProcess(items, door.url, door.env);
		const times = emulator.requests.map(({ at }) => at);
		const mostPerSecond = mostWithinASecond(times);
		return { node, overHttp, noOp, requests: times.length, mostPerSecond };
	} finally {
		door.close();
		await emulator.close();
	}
}

async function inProcess(items: number, baseUrl?: string, trust: object = {}): Promise<Usage> {
	const node = ['--expose-gc', '--require', TSX];
	const parameters = [SCRIPT, String(items), ...(baseUrl ? [baseUrl] : [])];
	const env = { ...process.env, ...trust };
	const options = { maxBuffer: 1 << 24, env };
	const { stdout } = await run(process.execPath, [...node, ...parameters], options);
	const usage: Usage = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
	return usage;
}

function mostWithinASecond(times: number[]): number {
	let first = 0;
	let most = 0;
	for (const [last, time] of times.entries()) {
		while (time - (times[first] ?? time) >= 1_000) first += 1;
		most = Math.max(most, last - first + 1);
	}
	return most;
}
