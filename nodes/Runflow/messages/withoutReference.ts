import { fieldsNote } from './emptyRow';
import { sentences } from './sentences';

/** `{{ $json.name }}` and `{{ $json['name'] }}`, and nothing else beside it. */
const ONE_FIELD = /^=\s*\{\{\s*\$json(?:\.([\w$]+)|\[(?:"([^"]+)"|'([^']+)')\])\s*\}\}\s*$/;

/** A reference image that rows may lack, and that none of them has. */
export interface MissingReference {
	/** Of the field that gives it. */
	label: string;
	/** What stands in that field: an expression is text that starts with `=`. */
	entered: unknown;
}

/**
 * What a user reads when no row has a reference: an empty column looks like a misspelt field, which
 * is told by its name where the expression is nothing but a field.
 * @param fields the names of each row's fields
 */
export function withoutReferenceNote(
	{ label, entered }: MissingReference,
	fields: string[][],
): string {
	const isOne = fields.length === 1;
	const field = fieldOf(entered);
	const isUnknown = field !== undefined && !fields.some((names) => names.includes(field));
	const none = isOne ? 'The row has no field' : 'No row has a field';
	return sentences(
		`'${label}' gives no image${isOne ? '' : ` in any of the ${fields.length} rows`}, so Runflow judges without it`,
		isUnknown ? `${none} '${field}'` : undefined,
		isUnknown ? fieldsNote(fields[0] ?? []) : undefined,
	);
}

function fieldOf(entered: unknown): string | undefined {
	const found = typeof entered === 'string' ? ONE_FIELD.exec(entered) : null;
	return found?.slice(1).find((name) => name !== undefined);
}
