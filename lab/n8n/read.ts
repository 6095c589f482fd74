export type JsonRecord = Record<string, unknown>;

export function isRecord(value: unknown): value is JsonRecord {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns an object or throws; `what` names the value in the error. */
export function readRecord(value: unknown, what: string): JsonRecord {
	if (!isRecord(value)) throw new Error(`${what} is no object: ${preview(value)}`);
	return value;
}

/** Returns an array or throws; `what` names the value in the error. */
export function readArray(value: unknown, what: string): unknown[] {
	if (!Array.isArray(value)) throw new Error(`${what} is no array: ${preview(value)}`);
	return value;
}

/** Returns an array of objects or throws; `what` names the value in the error. */
export function readRecords(value: unknown, what: string): JsonRecord[] {
	return readArray(value, what).map((entry) => readRecord(entry, what));
}

/** Returns the text in a field or throws. */
export function readString(record: JsonRecord, field: string): string {
	const value = record[field];
	if (typeof value !== 'string') throw new Error(`${field} is no text: ${preview(record)}`);
	return value;
}

/** Returns the text in a field, `undefined` when there is something else or nothing. */
export function readOptionalString(record: JsonRecord, field: string): string | undefined {
	const value = record[field];
	return typeof value === 'string' ? value : undefined;
}

function preview(value: unknown): string {
	return (JSON.stringify(value) ?? 'undefined').slice(0, 300);
}
