/* eslint-disable @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { BinaryDataService } from 'n8n-core';

import { runNode, storeBinaryDataOnDisk } from '../engine';

const MIB = 1024 * 1024;

/** A process measures one size: memory that an earlier upload freed would hide the growth. */
const SIZE_MIB = Number(process.argv[2] ?? 50);
const JPEG_START = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);

/** Content that starts like a JPEG, made chunk by chunk so that it never is in memory as a whole. */
function* imageContent(bytes: number): Generator<Buffer> {
	yield JPEG_START;
	for (let left = bytes - JPEG_START.length; left > 0; left -= MIB) {
		yield Buffer.alloc(Math.min(left, MIB), 0x5a);
	}
}

async function storeFile(bytes: number): Promise<string> {
	const coreRequire = createRequire(require.resolve('n8n-core'));
	const { Container }: { Container: { get<T>(service: new (...args: never[]) => T): T } } =
		coreRequire('@n8n/di');
	const location = { type: 'execution' as const, workflowId: 'bench', executionId: 'bench' };
	const file = { data: '', mimeType: 'image/jpeg', fileName: 'large.jpg' };
	const content = Readable.from(imageContent(bytes));
	const stored = await Container.get(BinaryDataService).store(location, content, file);
	if (stored.id === undefined) throw new Error('The file was not stored outside memory');
	return stored.id;
}

async function startEmulatorProcess(): Promise<{ url: string; stop: () => void }> {
	const child = spawn('npx', ['tsx', 'lab/emulator/cli.ts', '--quiet'], { detached: true });
	const url = await new Promise<string>((resolve) => {
		child.stdout.on('data', (chunk: Buffer) => {
			const found = /http:\/\/127\.0\.0\.1:\d+/.exec(chunk.toString());
			if (found) resolve(found[0]);
		});
	});
	return { url, stop: () => void (child.pid && process.kill(-child.pid)) };
}

/** How much the process grows at most, above what it has before, while it submits one file. */
async function growthWhileSubmitting(url: string, bytes: number): Promise<number> {
	const id = await storeFile(bytes);
	const binary = { data: { data: 'filesystem-v2', id, mimeType: 'image/jpeg', fileName: 'l.jpg' } };
	global.gc?.();
	const before = process.memoryUsage().rss;
	let peak = before;
	const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 2);
	const run = await runNode(
		{ resource: 'evaluation', operation: 'submit', imageSource: 'binary', taskType: 'headshot' },
		[{ json: {}, binary }],
		{ baseUrl: url, apiKey: 'rf_live_full' },
	);
	clearInterval(watch);
	if (run.status !== 'success') throw new Error(run.error?.message);
	return peak - before;
}

async function main(): Promise<void> {
	await storeBinaryDataOnDisk();
	const emulator = await startEmulatorProcess();
	try {
		await growthWhileSubmitting(emulator.url, MIB);
		const growth = await growthWhileSubmitting(emulator.url, SIZE_MIB * MIB);
		process.stdout.write(
			`${SIZE_MIB} MiB file: memory grows by ${(growth / MIB).toFixed(1)} MiB\n`,
		);
	} finally {
		emulator.stop();
	}
}

void main();
