/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { startEmulator } from '../emulator';
import { runOnRows } from '../scenario/rows';
import { SITUATIONS } from './situations';
import type { Situation } from './situations';
import { table } from './table';

const FILE = path.join(__dirname, 'recordedErrors.json');

/** Ids of evaluations and of executions. */
const CHANGES = /[0-9a-f]{8}-[0-9a-f-]{27}|(?<=webhook-waiting\/)\d+/g;

/** What n8n shows in a situation: the node's message and, below it, what to do. */
interface RecordedError {
	when: string;
	message: string;
	description: string;
}

/** By operation. */
type Recorded = Record<string, RecordedError[]>;

/** Brings about every situation on n8n's engine, against the emulator; all at once, for some wait. */
export async function recordErrors(): Promise<Recorded> {
	const all = Object.entries(SITUATIONS).map(async ([operation, situations]) => {
		const errors = situations.map(async (each) => await errorIn(operation, each));
		return [operation, await Promise.all(errors)] as const;
	});
	return Object.fromEntries(await Promise.all(all));
}

export function readRecorded(): Recorded {
	return JSON.parse(readFileSync(FILE, 'utf8'));
}

export function writeRecorded(recorded: Recorded): void {
	writeFileSync(FILE, `${JSON.stringify(recorded, null, '\t')}\n`);
}

/** The errors of an operation as a table in Markdown. */
export function recordedTable(operation: string): string {
	const recorded = readRecorded()[operation];
	if (recorded === undefined) throw new Error(`lab/docs/situations.ts has none for '${operation}'`);
	const rows = recorded.map(({ when, message, description }) => [
		when,
		`**${message}**<br>${description}`,
	]);
	return table(['When', 'What n8n shows'], rows);
}

async function errorIn(operation: string, situation: Situation): Promise<RecordedError> {
	const { when, parameters, items = [{ url: 'https://images.example.com/shoe.png' }] } = situation;
	const emulator = await startEmulator(situation.api);
	try {
		situation.prepare?.(emulator);
		const run = await runOnRows(
			emulator.url,
			{ operation, ...parameters },
			items.map((json) => ({ json })),
			situation.options,
		);
		const { message = '', description } = run.error ?? {};
		if (message === '') throw new Error(`${operation}: no error when ${when}`);
		return { when, message, description: (description ?? '').replace(CHANGES, '…') };
	} finally {
		await emulator.close();
	}
}
