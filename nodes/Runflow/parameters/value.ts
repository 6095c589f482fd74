import { masked } from '../api/mask';
import { isObject } from '../api/read';

const LONGEST_EXCERPT = 120;
/** Enough of a text that nothing secret is cut in two, where it could not be told. */
const LOOKED_AT = 4_096;

const DEEPEST = 100;

/** Nothing, blank text, or a list or object with nothing in it: all of them mean "not set". */
export function isUnset(value: unknown, depth = 0): boolean {
	if (value === null || value === undefined) return true;
	if (typeof value === 'string') return value.trim() === '';
	if (Array.isArray(value)) {
		return depth < DEEPEST && value.every((entry) => isUnset(entry, depth + 1));
	}
	if (value instanceof Date || !isObject(value)) return false;
	return dateText(value) === undefined && Object.keys(value).length === 0;
}

/** The only entry of a list that is set; other values, and longer lists, as they are. */
export function onlyEntry(value: unknown): unknown {
	if (!Array.isArray(value)) return value;
	const set: unknown[] = value.filter((entry) => !isUnset(entry));
	return set.length === 1 ? set[0] : value;
}

/** A Date, or a DateTime of n8n's expressions, in ISO 8601; undefined for anything else. */
export function dateText(value: unknown): string | undefined {
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
	if (!isObject(value) || typeof value.toISO !== 'function') return undefined;
	const text: unknown = value.toISO();
	return typeof text === 'string' ? text : undefined;
}

/** Half a character, which the API could not give back, is replaced. */
export function wellFormed(text: string): string {
	return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** A value as JSON says it, with well-formed names and texts at any depth. */
export function asJson(value: unknown): unknown {
	const text = JSON.stringify(value, (_, each: unknown) =>
		typeof each === 'bigint' ? String(each) : each,
	);
	return JSON.parse(text, (_, each: unknown) => {
		if (typeof each === 'string') return wellFormed(each);
		if (!isObject(each)) return each;
		return Object.fromEntries(Object.entries(each).map(([name, part]) => [wellFormed(name), part]));
	});
}

/** What a value is, for a sentence: a list of 3, an object (id, url), the number 7. */
export function describe(value: unknown): string {
	if (Array.isArray(value)) return `a list of ${value.length}`;
	if (typeof value === 'string') return `the text "${excerpt(value)}"`;
	if (typeof value === 'number') return `the number ${value}`;
	if (typeof value === 'boolean') return String(value);
	const date = dateText(value);
	if (value instanceof Date && date === undefined) return 'a date that does not exist';
	if (date !== undefined) return `the date ${date}`;
	if (isObject(value)) return `an object (${excerpt(Object.keys(value).join(', '))})`;
	return value === null || value === undefined ? 'empty' : `a ${typeof value}`;
}

/** The beginning of a text, so that a message stays readable; addresses in it keep their secrets. */
export function excerpt(text: string, length = LONGEST_EXCERPT): string {
	const line = masked(text.slice(0, LOOKED_AT))
		.slice(0, length + 1)
		.replace(/\s+/g, ' ');
	return line.length > length ? `${line.slice(0, length)}…` : line;
}
