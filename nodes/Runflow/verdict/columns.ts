import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../api/read';
import { booleanCell, cellText, inputRow, momentCell, onlyOne, verdictCell } from './cells';
import type { Moment } from './cells';
import { oneLine } from './labels';
import { cellsOf, withKnownNames } from './names';
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

/** A result has these itself: what they said of the row before stands in its input alone. */
const OF_A_RESULT = ['verdict', 'passed', 'overall_passed'];

/**
 * Whether the items tell what they were before: one of them has the column at least, as some tables
 * leave empty cells out. A field that none has may be misspelled.
 */
export function tellsEarlier(items: IDataObject[], field = 'verdict'): boolean {
	return items.some((item) =>
		OF_A_RESULT.includes(field)
			? field in withKnownNames(inputRow(item))
			: fieldOf(item, field) !== undefined,
	);
}

/** What a row was before, empty for nothing; undefined where it cannot be read. */
export function readEarlier(
	item: IDataObject,
	input: IDataObject,
	field = 'verdict',
): Earlier | undefined {
	const isOfRow = OF_A_RESULT.includes(field);
	if (isOfRow && Object.keys(input).length === 0) return undefined;
	const value = onlyOne(isOfRow ? input[field] : fieldOf(item, field));
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
