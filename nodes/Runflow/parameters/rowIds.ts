import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../api/read';
import { bareName } from '../verdict/names';

/** A cell that holds the ID of an evaluation: where it is in the item, and what it says, '' for nothing. */
export interface IdCell {
	path: string[];
	value: string;
}

const ID_COLUMNS = ['evaluationid', 'propertyevaluationid'];
/** Under these some nodes put the cells of a row. */
const INNER = ['fields', 'body', 'json'];

/** The column for the evaluation's ID, whatever a table made of its name, of this row. */
export function idBeside(row: IDataObject): IdCell | undefined {
	const places = [[], ...INNER.map((name) => [name])];
	const cells = places.flatMap((path) => {
		const place: unknown = path.length === 0 ? row : row[path[0] ?? ''];
		return Object.entries(isObject(place) ? place : {}).flatMap(([key, value]) =>
			ID_COLUMNS.includes(bareName(key))
				? [{ path: [...path, key], value: typeof value === 'string' ? value.trim() : '' }]
				: [],
		);
	});
	return cells.find(({ value }) => value !== '') ?? cells[0];
}

/** The number of a row in a Data Table or sheet, and the ID of a record in Airtable. */
const OF_ROWS = /^(?:\d+|rec[0-9A-Za-z]{14})$/;

/** Whether this is the row's own ID: there is another for the evaluation, or it looks like none. */
export function isIdOfRow(given: string, row: IDataObject): boolean {
	if (String(row.id ?? '').trim() !== given) return false;
	const beside = idBeside(row);
	if (beside === undefined) return OF_ROWS.test(given);
	return beside.value.toLowerCase() !== given.toLowerCase();
}

/** What to enter for a value at this place of the item. */
export function expressionFor(path: string[]): string {
	const parts = path.map((name) =>
		/^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`,
	);
	return `{{ $json${parts.join('')} }}`;
}
