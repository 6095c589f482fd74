/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDataTable, readDataTable, renameColumn, updateDataTable } from '../dataTables';
import {
	PLACEHOLDER_SPREADSHEET_ID,
	PLACEHOLDER_TABLE_ID,
	TABLES,
	type Replacements,
} from '../exampleFiles';
import type { ExampleSession } from '../exampleSession';
import { readRecords, type JsonRecord } from '../read';
import { runIdOf, type Subject } from './subjects';

/** A table that an example reads, filled with the subjects. */
export interface FilledTable {
	/** What the example's file has to say instead, so that it reads this table. */
	replacements: Replacements;
	read(): Promise<JsonRecord[]>;
	/** Gives a row another image, as a person does in the table. */
	replaceImage(from: string, to: string): Promise<void>;
	/** From now on nothing can be written into it, or it can again. */
	lock(isLocked: boolean): Promise<void>;
}

/** What the columns that a person fills in hold. */
function cellsOf(subject: Subject): JsonRecord {
	const { name, prompt, url } = subject;
	return {
		...{ client_ref: name, title: name, name, row: name, client: name, channel: '#image-review' },
		run_id: runIdOf(subject),
		...{ prompt, image_url: url, task_type: 'product_photography' },
	};
}

/** Without this column no result can be written into a Data Table. */
const LOCK = 'weighted_pass_rate';

let tables = 0;

/** Makes and fills the table that a workflow reads; undefined when it reads none. */
export async function fillTable(
	session: ExampleSession,
	workflow: string,
	subjects: Subject[],
	filesFolder: string,
): Promise<FilledTable | undefined> {
	const rows = subjects.map(cellsOf);
	if (workflow.includes(PLACEHOLDER_SPREADSHEET_ID)) return fillSheet(session, rows);
	if (workflow.includes('readWriteFile')) return fillFile(join(filesFolder, 'audit.csv'), rows);
	const name = Object.keys(TABLES).find((each) => workflow.includes(`"${each}"`));
	if (name === undefined) return undefined;
	const columns = TABLES[name] ?? [];
	const own = rows.map((row) =>
		Object.fromEntries(Object.entries(row).filter(([key]) => columns.some((c) => c.name === key))),
	);
	const isFilled = columns.some(
		(column) => column.name === 'image_url' || column.name === 'prompt',
	);
	const unique = `${name} ${++tables}`;
	const readsIt = /"operation":\s*"get"|evaluationTrigger/.test(workflow);
	const table = await createDataTable(
		session.client,
		unique,
		columns,
		isFilled && readsIt ? own : [],
	);
	return {
		replacements: { [`"${name}"`]: `"${unique}"`, [PLACEHOLDER_TABLE_ID]: table.id },
		read: async () => (readsIt ? await readDataTable(session.client, table) : []),
		replaceImage: async (from, to) =>
			await updateDataTable(session.client, table, ['image_url', from], { image_url: to }),
		lock: async (isLocked) => {
			if (!columns.some((column) => column.name === LOCK)) return;
			const [from, to] = isLocked ? [LOCK, `${LOCK}_away`] : [`${LOCK}_away`, LOCK];
			await renameColumn(session.client, table, from, to);
		},
	};
}

function fillSheet({ standIns }: ExampleSession, rows: JsonRecord[]): FilledTable {
	const { spreadsheet, reads, rows: read } = standIns.google;
	reads.length = 0;
	const columns = (TABLES['Image Audit'] ?? []).map(({ name }) => name);
	spreadsheet.id = PLACEHOLDER_SPREADSHEET_ID;
	spreadsheet.cells = [columns, ...rows.map((row) => columns.map((name) => row[name] ?? ''))];
	return {
		replacements: {},
		read: async () => read(),
		replaceImage: async (from, to) => {
			const row = spreadsheet.cells.find((cells) => cells.includes(from)) ?? [];
			row[row.indexOf(from)] = to;
		},
		lock: async (isLocked) => void (standIns.troubles.sheetRefuses = isLocked),
	};
}

function fillFile(file: string, rows: JsonRecord[]): FilledTable {
	const results = file.replace('.csv', '-results.csv');
	rmSync(results, { force: true });
	const header = ['title', 'image_url', 'task_type', 'prompt'];
	writeFileSync(file, stringify(rows, { header: true, columns: header }));
	return {
		replacements: {},
		read: async () =>
			existsSync(results)
				? readRecords(parse(readFileSync(results), { columns: true, bom: true }), 'rows')
				: [],
		replaceImage: async (from, to) =>
			writeFileSync(file, readFileSync(file, 'utf8').replace(from, to)),
		lock: async (isLocked) => {
			rmSync(results, { force: true, recursive: true });
			if (isLocked) mkdirSync(results);
		},
	};
}
