/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

const INPUT_COLUMNS = ['row', 'title', 'image_url', 'aspect_ratio'] as const;
const RESULT_COLUMNS = [
	'row',
	'title',
	'image_url',
	'verdict',
	'score',
	'issues',
	'action',
	'failure_code',
	'cost',
	'evaluation_id',
] as const;

export type InputRow = Record<(typeof INPUT_COLUMNS)[number], string>;
export type ResultRow = Record<(typeof RESULT_COLUMNS)[number], string>;

export const readInputRows = (file: string): InputRow[] => readRows(file, INPUT_COLUMNS);
export const readResultRows = (file: string): ResultRow[] => readRows(file, RESULT_COLUMNS);

/** The cells of the given columns; a column that is not in the file is an error. */
function readRows<Column extends string>(
	file: string,
	columns: readonly Column[],
): Array<Record<Column, string>> {
	const [header = [], ...lines] = parse(readFileSync(file));
	const places = columns.map((column) => [column, header.indexOf(column)] as const);
	const missing = places.filter(([, place]) => place === -1).map(([column]) => column);
	if (missing.length > 0) throw new Error(`${file} has no column ${missing.join(', ')}`);
	return lines.map((cells) => {
		const entries = places.map(([column, place]) => [column, cells[place] ?? '']);
		return Object.fromEntries(entries) as Record<Column, string>;
	});
}
