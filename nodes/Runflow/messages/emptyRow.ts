import type { Message } from './message';
import { sentences } from './sentences';

const MOST_FIELDS_NAMED = 20;

/** Where a required value is missing. */
export interface EmptyRows {
	/** Counted from 1: the first row without the value. */
	row: number;
	/** Without the value, the first one included. */
	empty: number;
	total: number;
	/** What the first such row has. */
	fields: string[];
	/** What to do with such rows besides leaving them out. */
	wayOut?: string;
	/** What has not happened, e.g. `Nothing was submitted`. */
	nothing: string;
}

/**
 * What a user reads about a required value that a row lacks: the row where others have it, else the
 * fields that could be meant.
 * @param lacks what is missing, as in "no image address"
 * @param problem the words about the value alone
 */
export function emptyRowMessage(lacks: string, problem: Message, rows: EmptyRows): Message {
	const { row, empty, total, nothing, wayOut } = rows;
	const fields = fieldsNote(rows.fields);
	if (total === 1) {
		return { message: problem.message, description: sentences(problem.description, fields) };
	}
	if (empty === total) {
		return {
			message: `${total} of ${total} rows have no ${lacks}`,
			description: sentences(problem.message, nothing, problem.description, fields),
		};
	}
	const more = empty - 1;
	const others = more === 1 ? '1 more row has none' : `${more} more rows have none`;
	return {
		message: `Row ${row} of ${total} has no ${lacks}`,
		description: sentences(
			problem.message,
			nothing,
			more > 0 ? others : undefined,
			wayOut,
			`${wayOut === undefined ? 'Filter' : 'Or filter'} such rows out before this node, or set 'On Error' in its settings to Continue`,
		),
	};
}

/** A blank in a column's name is not seen in the editor, and an expression without it gives nothing. */
export function fieldsNote(fields: string[]): string {
	if (fields.length === 0) return 'The item has no fields';
	const named = fields.slice(0, MOST_FIELDS_NAMED).map(quotedName);
	const rest = fields.length - named.length;
	return `The item has the fields ${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function quotedName(field: string): string {
	const name = `'${field.slice(0, 40)}'`;
	if (/\s$/.test(field)) return `${name} (ends with a blank)`;
	return /^\s/.test(field) ? `${name} (begins with a blank)` : name;
}
