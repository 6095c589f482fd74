/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { parse } from 'csv-parse/sync';
import { randomUUID } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EmulatorOptions } from '../emulator';
import { createDataTable } from './dataTables';
import {
	AUDIT_COLUMNS,
	AUDIT_TABLE,
	CLIENT_COLUMNS,
	CLIENT_TABLE,
	DECISION_COLUMNS,
	DECISION_TABLE,
	listExamples,
	PLACEHOLDER_SPREADSHEET_ID,
	PLACEHOLDER_TABLE_ID,
	PROMPT_COLUMNS,
	PROMPT_TABLE,
	RUN_COLUMNS,
	RUN_TABLE,
	VERDICT_COLUMNS,
	VERDICT_TABLE,
} from './exampleFiles';
import { publishReact, type ExampleSession } from './exampleSession';
import { readRecords, type JsonRecord } from './read';
import { PICTURE_URLS } from './standIns/pictures';
import type { StoredWorkflow } from './workflows';

const DEMO = resolve(__dirname, '..', 'demo');
const SPREADSHEET = join(DEMO, 'audit.csv');
/** So many rows are submitted by the example that alerts Slack for each image that does not pass. */
const MOST_ALERTS = 6;
const PROMPTS = ['Rust-colored armchair beside a plant', 'Small camera in tan leather'].map(
	(prompt) => ({
		prompt,
		task_type: 'product_photography',
	}),
);

const CLIENTS = ['Atelier', 'Bistro', 'Cycles'].map((client, index) => ({
	client,
	channel: `C01234567${89 + index}`,
}));

/** What people decided about borderline images before; enough to advise a Minimum Score. */
const DECISIONS = Array.from({ length: 40 }, (_, index) => {
	const weighted_pass_rate = 0.5 + index / 100;
	const verdict = weighted_pass_rate < 0.7 ? 'not_passed' : 'passed';
	const approved = weighted_pass_rate >= 0.65;
	return { client_ref: `Image ${index + 1}`, weighted_pass_rate, verdict, approved };
});

/** With these the emulator judges the images of the demo by looking at them. */
export const DEMO_IMAGES: EmulatorOptions['images'] = {
	urlPrefix: PICTURE_URLS,
	folder: join(DEMO, 'images'),
};

/** The rows of the demo's spreadsheet. */
export function demoRows(): JsonRecord[] {
	return readRecords(parse(readFileSync(SPREADSHEET), { columns: true }), 'rows');
}

/**
 * Fills everything that the examples read, and imports them ready to be executed; resolves to the
 * workflows by the names of their files.
 */
export async function fillExamples(
	session: ExampleSession,
	filesFolder: string,
): Promise<Map<string, StoredWorkflow>> {
	const { client, emulator, standIns } = session;
	const rows = demoRows().map(({ image_url, task_type }) => ({ image_url, task_type }));
	await createDataTable(client, AUDIT_TABLE, AUDIT_COLUMNS, rows);
	await createDataTable(client, VERDICT_TABLE, VERDICT_COLUMNS, rows.slice(0, MOST_ALERTS));
	const runs = rows.slice(0, MOST_ALERTS).map((row) => ({ ...row, run_id: randomUUID() }));
	await createDataTable(client, RUN_TABLE, RUN_COLUMNS, runs);
	// Runflow has judged these images by itself; of the first run it has judged another image.
	for (const [index, { run_id, image_url }] of runs.entries()) {
		emulator.evaluateRun(run_id, undefined, index === 0 ? undefined : String(image_url));
	}
	const clients = rows.map((row, index) => ({ ...row, ...CLIENTS[index % CLIENTS.length] }));
	await createDataTable(client, CLIENT_TABLE, CLIENT_COLUMNS, clients);
	await createDataTable(client, DECISION_TABLE, DECISION_COLUMNS, DECISIONS);
	const prompts = await createDataTable(client, PROMPT_TABLE, PROMPT_COLUMNS, PROMPTS);
	const header = AUDIT_COLUMNS.map(({ name }) => name);
	const cells = rows.map(({ image_url, task_type }) => [String(image_url), String(task_type)]);
	const spreadsheet = { id: PLACEHOLDER_SPREADSHEET_ID, cells: [header, ...cells] };
	Object.assign(standIns.google.spreadsheet, spreadsheet);
	copyFileSync(SPREADSHEET, join(filesFolder, 'audit.csv'));
	const workflows = new Map<string, StoredWorkflow>();
	for (const file of listExamples()) {
		const workflow = file.startsWith('callback')
			? await publishReact(session)
			: await session.importExample(file, { [PLACEHOLDER_TABLE_ID]: prompts.id });
		workflows.set(file, workflow);
	}
	return workflows;
}
