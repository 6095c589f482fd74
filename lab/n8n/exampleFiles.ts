/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DataTableColumn } from './dataTables';
import { readRecord, type JsonRecord } from './read';

const FOLDER = resolve(__dirname, '..', '..', 'examples');

/** Where n8n's Docker image lets nodes read and write files; the examples name this folder. */
const DOCKER_FILES_FOLDER = '/home/node/.n8n-files';

const RESULT_COLUMNS: DataTableColumn[] = [
	{ name: 'verdict', type: 'string' },
	{ name: 'score', type: 'number' },
	{ name: 'issues', type: 'string' },
	{ name: 'cost', type: 'string' },
	{ name: 'evaluation_id', type: 'string' },
];

/** The Data Table that `audit-data-table.json` asks for. */
export const AUDIT_TABLE = 'Image Audit';
export const AUDIT_COLUMNS: DataTableColumn[] = [
	{ name: 'image_url', type: 'string' },
	{ name: 'task_type', type: 'string' },
	...RESULT_COLUMNS,
];

/** The Data Table that `callback-to-row-and-slack.json` asks for. */
export const VERDICT_TABLE = 'Image Verdicts';
export const VERDICT_COLUMNS: DataTableColumn[] = [
	{ name: 'client_ref', type: 'string' },
	...RESULT_COLUMNS,
];

/** The spreadsheet id in `audit-google-sheet.json` that a user replaces. */
export const PLACEHOLDER_SPREADSHEET_ID = 'REPLACE_WITH_YOUR_SPREADSHEET_ID';

export function listExamples(): string[] {
	return readdirSync(FOLDER)
		.filter((file) => file.endsWith('.json'))
		.sort();
}

/**
 * An example as it is in the repository, but for one thing that a user outside Docker changes too:
 * the folder of the files it reads and writes.
 */
export function readExample(file: string, filesFolder = DOCKER_FILES_FOLDER): JsonRecord {
	const text = readFileSync(join(FOLDER, file), 'utf8');
	return readRecord(JSON.parse(text.replaceAll(DOCKER_FILES_FOLDER, filesFolder)), file);
}
