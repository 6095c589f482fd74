import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../api/read';

const COLUMNS = [
	...[
		'verdict',
		'passed',
		'reason',
		'error',
		'details',
		'input',
		'id',
		'evaluation_id',
		'client_ref',
	],
	...['weighted_pass_rate', 'overall_passed', 'top_issues', 'issues_text', 'status_code'],
	...['cost', 'cost_credits', 'billed_credits', 'primary_action_code', 'failure_code'],
	...['generated_image_url', 'image_url', 'image', 'url', 'title', 'name', 'task_type'],
	...['submitted_at', 'completed_at'],
];
const BY_BARE_NAME = new Map(COLUMNS.map((name) => [bareName(name), name]));

/** What n8n's Notion node puts before the name of each column of a page. */
const BEFORE_A_COLUMN = /^property/;
/** Of these a page that holds results has at least one; other rows have properties too. */
const TELLING = ['verdict', 'evaluationid'];

/**
 * A row with the names that results have, whatever a spreadsheet made of them: a byte order mark,
 * capitals, spaces, quotes. A column that has exactly the name goes before one that is like it.
 */
export function withKnownNames(row: IDataObject): IDataObject {
	const cells = cellsOf(row);
	const known: IDataObject = {};
	for (const [key, value] of Object.entries(cells)) {
		const name = BY_BARE_NAME.get(bareName(key));
		if (name === undefined || name === key || !(name in cells)) known[name ?? key] = value;
	}
	return known;
}

/**
 * The cells of a row that came as a record of a table: under `fields` (Airtable, SharePoint), or each
 * behind `property_` (Notion). The record's own ID, and the address of its page, are no cells.
 */
export function cellsOf(row: IDataObject): IDataObject {
	const names = new Map(Object.keys(row).map((key) => [key, bareName(key)]));
	if ([...names.values()].some((name) => name === 'verdict' || name === 'error')) return row;
	const { fields } = row;
	if (isObject(fields)) return { ...omitted(row, ['id', 'fields']), ...fields };
	const columns = [...names].filter(([, name]) => BEFORE_A_COLUMN.test(name));
	const cells = Object.fromEntries(
		columns.map(([key, name]) => [name.replace(BEFORE_A_COLUMN, ''), row[key]]),
	);
	if (!TELLING.some((name) => name in cells)) return row;
	return { ...omitted(row, ['id', 'url']), ...cells };
}

function omitted(row: IDataObject, keys: string[]): IDataObject {
	return Object.fromEntries(Object.entries(row).filter(([key]) => !keys.includes(key)));
}

/** Without what files and people put around a name; a byte order mark read as Latin-1 is three signs. */
export function bareName(name: string): string {
	return name.replace(/^ï»¿|[\u200b\u2060\s_"'-]/g, '').toLowerCase();
}
