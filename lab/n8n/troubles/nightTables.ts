/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	createDataTable,
	deleteFromDataTable,
	insertIntoDataTable,
	readDataTable,
	updateDataTable,
} from '../dataTables';
import { AUDIT_COLUMNS, PLACEHOLDER_SPREADSHEET_ID } from '../exampleFiles';
import type { ExampleSession } from '../exampleSession';
import { readRecords, type JsonRecord } from '../read';

/** A table as a person changes it between two nights. */
export interface Table {
	change(url: string, cells: JsonRecord): Promise<void> | void;
	remove(url: string): Promise<void> | void;
	add(row: JsonRecord): Promise<void> | void;
	/** Turns the order of the rows around, where rows have one. */
	sort(): void;
	read(): Promise<JsonRecord[]> | JsonRecord[];
}

const COLUMNS = AUDIT_COLUMNS.map(({ name }) => name);

export async function dataTable(
	{ client }: ExampleSession,
	name: string,
	rows: JsonRecord[],
): Promise<Table> {
	const table = await createDataTable(client, name, AUDIT_COLUMNS, rows);
	return {
		change: (url, cells) => updateDataTable(client, table, ['image_url', url], cells),
		remove: (url) => deleteFromDataTable(client, table, ['image_url', url]),
		add: ({ image_url, task_type }) =>
			insertIntoDataTable(client, table, [{ image_url, task_type }]),
		sort: () => undefined,
		read: () => readDataTable(client, table),
	};
}

export function googleSheet({ standIns }: ExampleSession, rows: JsonRecord[]): Table {
	const { spreadsheet, rows: read } = standIns.google;
	const cellsOf = (row: JsonRecord) => COLUMNS.map((name) => row[name] ?? '');
	spreadsheet.id = PLACEHOLDER_SPREADSHEET_ID;
	spreadsheet.cells = [COLUMNS, ...rows.map(cellsOf)];
	const rowOf = (url: string) => spreadsheet.cells.find(([cell]) => cell === url) ?? [];
	return {
		change: (url, cells) => {
			const row = rowOf(url);
			for (const [name, cell] of Object.entries(cells)) row[COLUMNS.indexOf(name)] = cell;
		},
		remove: (url) => {
			spreadsheet.cells.splice(spreadsheet.cells.indexOf(rowOf(url)), 1);
		},
		add: (row) => void spreadsheet.cells.splice(1, 0, cellsOf(row)),
		sort: () => {
			const [header = [], ...others] = spreadsheet.cells;
			spreadsheet.cells = [header, ...others.reverse()];
		},
		read,
	};
}

/** `audit.csv`, which is a person's, and `audit-results.csv`, which is the audit's. */
export function csvFile(folder: string, given: JsonRecord[]): Table {
	const results = join(folder, 'audit-results.csv');
	let rows = given;
	const save = () =>
		writeFileSync(
			join(folder, 'audit.csv'),
			stringify(rows, { header: true, bom: true, columns: ['title', 'image_url', 'task_type'] }),
		);
	rmSync(results, { force: true });
	save();
	const keep = (changed: JsonRecord[]) => {
		rows = changed;
		save();
	};
	const readResults = () =>
		existsSync(results)
			? readRecords(parse(readFileSync(results), { columns: true, bom: true }), 'results')
			: [];
	return {
		change: (url, cells) =>
			keep(rows.map((row) => (row.image_url === url ? { ...row, ...cells } : row))),
		remove: (url) => keep(rows.filter(({ image_url }) => image_url !== url)),
		add: (row) => keep([row, ...rows]),
		sort: () => keep([...rows].reverse()),
		read: () => {
			const found = new Map(readResults().map((row) => [row.image_url, row]));
			return rows.map((row) => ({ ...row, ...found.get(row.image_url) }));
		},
	};
}
