import type { IDataObject } from 'n8n-workflow';

import type { Evaluation, JobClass } from './types';

const PRICE_KEYS = ['price', 'price_credits', 'unit_price', 'cost'];
const DECIMAL = /^\d+(\.\d+)?$/;

/** Whether a value from the wire is a JSON object. */
export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first of `keys` that holds non-empty text. */
export function textAt(source: IDataObject, ...keys: string[]): string | undefined {
	for (const key of keys) {
		const value = source[key];
		if (typeof value === 'string' && value !== '') return value;
	}
	return undefined;
}

const DEEPEST = 100;

/** Whether a value is nested deeper than anything the API documents: n8n cannot copy such an item. */
export function isTooDeep(value: unknown): boolean {
	let level: unknown[] = [value];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > DEEPEST) return true;
		level = level.flatMap((each) =>
			typeof each === 'object' && each !== null ? Object.values(each) : [],
		);
	}
	return false;
}

/** Reads the answer to a submit: an id without a status is an evaluation all the same. */
export function readAccepted(body: unknown): Evaluation | undefined {
	if (!isObject(body) || typeof body.status_code === 'string') return readEvaluation(body);
	return readEvaluation({ ...body, status_code: 'pending' });
}

/** Reads an evaluation; undefined when the answer has no id or no status. */
export function readEvaluation(body: unknown): Evaluation | undefined {
	if (!isObject(body)) return undefined;
	const { id, status_code } = body;
	if (typeof id !== 'string' || id === '' || typeof status_code !== 'string') return undefined;
	return { ...body, id, status_code };
}

/**
 * Reads the job classes from either plausible form of the answer, a bare array or `{items: []}`.
 * The documentation shows neither the form nor the name of the price's key.
 */
export function readJobClasses(body: unknown): JobClass[] | undefined {
	const rows = isObject(body) ? (body.items ?? body.data) : body;
	if (!Array.isArray(rows)) return undefined;
	return rows.filter(isObject).flatMap((row) => {
		const code = textAt(row, 'code', 'job_class_code');
		if (code === undefined) return [];
		const name = textAt(row, 'name', 'label') ?? code;
		return [{ code, name, price: readPrice(row), is_active: row.is_active !== false }];
	});
}

function readPrice(row: IDataObject): string | null {
	for (const key of PRICE_KEYS) {
		const value = row[key];
		const text = typeof value === 'number' ? String(value) : value;
		if (typeof text === 'string' && DECIMAL.test(text)) return text;
	}
	return null;
}
