/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { parse } from 'csv-parse/sync';
import { copyFileSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EmulatorOptions } from '../emulator';
import { createDataTable } from './dataTables';
import {
	AUDIT_COLUMNS,
	AUDIT_TABLE,
	listExamples,
	PLACEHOLDER_SPREADSHEET_ID,
	PLACEHOLDER_TABLE_ID,
	PROMPT_COLUMNS,
	PROMPT_TABLE,
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
	const { client, standIns } = session;
	const rows = demoRows().map(({ image_url, task_type }) => ({ image_url, task_type }));
	await createDataTable(client, AUDIT_TABLE, AUDIT_COLUMNS, rows);
	const referenced = rows.map((row, index) => ({ ...row, client_ref: `row-${index + 1}` }));
	await createDataTable(client, VERDICT_TABLE, VERDICT_COLUMNS, referenced.slice(0, MOST_ALERTS));
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
