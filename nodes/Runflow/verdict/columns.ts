import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../api/read';
import { booleanCell, cellText, inputRow, momentCell, onlyOne, verdictCell } from './cells';
import type { Moment } from './cells';
import { oneLine } from './labels';
import { cellsOf } from './names';
import type { Verdict } from './verdict';

/** Which columns tell more than a result does; a name may lead into an object, as in `input.brand`. */
export interface OtherColumns {
	earlierVerdictField?: string;
	groupByField?: string;
}

/** The verdict that a row had before, and when it was given. */
export interface Earlier {
	verdict?: Verdict;
	since?: Moment;
}

/** Only a row that has the field, be it empty, tells that something changed; one that cannot be read does not. */
export function readEarlier(
	item: IDataObject,
	input: IDataObject,
	field: string | undefined,
): Earlier | undefined {
	if (field === undefined && !('verdict' in input)) return undefined;
	const value = onlyOne(field === undefined ? input.verdict : fieldOf(item, field));
	const told = booleanCell(value);
	const decided = told === undefined ? undefined : told ? 'passed' : 'not_passed';
	const verdict = decided ?? verdictCell(value);
	const isEmpty = value === undefined || value === null || String(value).trim() === '';
	if (verdict === undefined && !isEmpty) return undefined;
	return { verdict, since: momentCell(input.completed_at) };
}

/** The group that a row belongs to: what the named field says, '' for nothing. */
export function groupOf(item: IDataObject, field: string): string {
	const value = onlyOne(fieldOf(item, field));
	return oneLine(typeof value === 'boolean' ? String(value) : (cellText(value) ?? ''));
}

/** The item and its input row, as they came and as the cells of a record. */
function rowsIn(item: IDataObject): IDataObject[] {
	const rows = [item, inputRow(item)];
	return [...rows, ...rows.map(cellsOf)];
}

/** The value of a field by its name or a path with points, in the item or in its input row. */
export function fieldOf(item: IDataObject, name: string): unknown {
	for (const row of rowsIn(item)) {
		if (name in row) return row[name];
		const value = name
			.split('.')
			.reduce<unknown>((inner, part) => (isObject(inner) ? inner[part] : undefined), row);
		if (value !== undefined) return value;
	}
	return undefined;
}
