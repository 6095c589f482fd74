/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DataTableColumn } from './dataTables';
import { readRecord, type JsonRecord } from './read';

const FOLDER = resolve(__dirname, '..', '..', 'examples');

/** What a person replaces in an example, by what stands there. */
export type Replacements = Record<string, string>;

/** Where n8n's Docker image lets nodes read and write files; the examples name this folder. */
export const DOCKER_FILES_FOLDER = '/home/node/.n8n-files';

/** In `audit-google-sheet.json`. */
export const PLACEHOLDER_SPREADSHEET_ID = 'REPLACE_WITH_YOUR_SPREADSHEET_ID';

/** In `callback-to-row-and-slack.json`. */
export const PLACEHOLDER_CALLBACK_URL = 'PASTE THE PRODUCTION URL OF RUNFLOW TRIGGER HERE';

/** In `regression-test-a-prompt.json`. */
export const PLACEHOLDER_TABLE_ID = 'CHOOSE YOUR DATA TABLE';

const IMAGE_COLUMNS: DataTableColumn[] = [
	{ name: 'image_url', type: 'string' },
	{ name: 'task_type', type: 'string' },
];
const RESULT_COLUMNS: DataTableColumn[] = [
	{ name: 'verdict', type: 'string' },
	{ name: 'reason', type: 'string' },
	{ name: 'weighted_pass_rate', type: 'number' },
	{ name: 'cost_credits', type: 'number' },
	{ name: 'evaluation_id', type: 'string' },
	{ name: 'judged_url', type: 'string' },
];

/** The Data Table that `audit-data-table.json` asks for. */
export const AUDIT_TABLE = 'Image Audit';
export const AUDIT_COLUMNS: DataTableColumn[] = [...IMAGE_COLUMNS, ...RESULT_COLUMNS];

/** The Data Table that `callback-to-row-and-slack.json` asks for. */
export const VERDICT_TABLE = 'Image Verdicts';
export const VERDICT_COLUMNS: DataTableColumn[] = AUDIT_COLUMNS;

/** The Data Table that `regression-test-a-prompt.json` asks for. */
export const PROMPT_TABLE = 'Image Prompts';
export const PROMPT_COLUMNS: DataTableColumn[] = [
	{ name: 'prompt', type: 'string' },
	{ name: 'task_type', type: 'string' },
];

/** The Data Table into which `borderline-to-a-human.json` writes what people decided. */
export const DECISION_TABLE = 'Image Decisions';
export const DECISION_COLUMNS: DataTableColumn[] = [
	...['client_ref', 'image_url', 'evaluation_id', 'verdict', 'reason', 'decided_by'].map(
		(name): DataTableColumn => ({ name, type: 'string' }),
	),
	{ name: 'weighted_pass_rate', type: 'number' },
	{ name: 'approved', type: 'boolean' },
	{ name: 'decided_at', type: 'date' },
];

/** The Data Table that `verdict-of-a-run.json` asks for. */
export const RUN_TABLE = 'Image Runs';
export const RUN_COLUMNS: DataTableColumn[] = [
	{ name: 'run_id', type: 'string' },
	...IMAGE_COLUMNS,
	...RESULT_COLUMNS,
];

/** The Data Table that `one-report-for-each-client.json` asks for. */
export const CLIENT_TABLE = 'Client Images';
export const CLIENT_COLUMNS: DataTableColumn[] = [
	{ name: 'client', type: 'string' },
	{ name: 'channel', type: 'string' },
	...IMAGE_COLUMNS,
	...RESULT_COLUMNS,
];

/** The columns of every Data Table that an example asks for, by its name. */
export const TABLES: Record<string, DataTableColumn[]> = {
	[AUDIT_TABLE]: AUDIT_COLUMNS,
	[VERDICT_TABLE]: VERDICT_COLUMNS,
	[PROMPT_TABLE]: PROMPT_COLUMNS,
	[DECISION_TABLE]: DECISION_COLUMNS,
	[RUN_TABLE]: RUN_COLUMNS,
	[CLIENT_TABLE]: CLIENT_COLUMNS,
};

export function listExamples(): string[] {
	return readdirSync(FOLDER)
		.filter((file) => file.endsWith('.json'))
		.sort();
}

/** An example as it is in the repository, but for what a person has to replace. */
export function readExample(file: string, replacements: Replacements = {}): JsonRecord {
	const text = readFileSync(join(FOLDER, file), 'utf8');
	const replaced = Object.entries(replacements).reduce(
		(changed, [placeholder, value]) => changed.replaceAll(placeholder, value),
		text,
	);
	return readRecord(JSON.parse(replaced), file);
}
