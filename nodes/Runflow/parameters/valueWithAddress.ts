import { isObject } from '../api/read';
import { ParameterProblem } from './check';
import type { Checked } from './check';
import { isFileObject } from './fileObject';
import type { Asked } from './parameter';
import { dateText, describe, isUnset, onlyEntry } from './value';

const ADDRESS = /^(https?:\/\/|\/\/|runflow:\/\/|data:)/i;
const DEEPEST = 3;

/**
 * The one address in what a generator or a table gives: text, a list with one entry, an object with
 * one `url` (Airtable, fal, Notion). Several are a problem with the expression that picks one.
 */
export function findAddress(value: unknown, asked: Asked): Checked<string> {
	const entry = onlyEntry(value);
	if (typeof entry === 'string') return entry;
	if (Array.isArray(entry)) return severalImages(entry, asked);
	const file = isFileObject(entry) || (isObject(entry) && entry.type === 'Buffer');
	if (file) return aFile(asked);
	const url = isObject(entry) ? urlOf(entry) : undefined;
	return url ?? noAddress(entry, value, asked);
}

/** Its own `url`, or the only one that an object inside it has: an attachment's previews count less. */
function urlOf(object: Record<string, unknown>): string | undefined {
	const own = onlyEntry(object.url);
	if (typeof own === 'string' && !isUnset(own)) return own;
	const inner = Object.values(object)
		.map((each) => (isObject(each) ? each.url : undefined))
		.filter((url) => typeof url === 'string');
	return inner.length === 1 ? inner[0] : undefined;
}

function severalImages(list: unknown[], { label, expression = '$json.output' }: Asked) {
	const [first] = list.filter((entry) => !isUnset(entry));
	const path = isObject(first) ? (pathToAddress(first) ?? '.url') : '';
	return new ParameterProblem(
		`'${label}' is a list of ${list.length}, but one item is one image`,
		`Pick one, for example {{ ${expression}[0]${path} }}, or put a Split Out node before this one to judge them all`,
	);
}

function aFile({ label }: Asked): ParameterProblem {
	return new ParameterProblem(
		`'${label}' is a file, not an address`,
		"Choose Binary File as the image's source, and use the expression there",
	);
}

function noAddress(entry: unknown, value: unknown, { label, expression }: Asked) {
	const path = isObject(entry) && dateText(entry) === undefined ? pathToAddress(entry) : undefined;
	const from = `${expression ?? '$json.output'}${Array.isArray(value) ? '[0]' : ''}`;
	const advice =
		path === undefined
			? 'Enter the https:// address of the image, or an expression that gives one'
			: `Pick the address in it: {{ ${from}${path} }}`;
	return new ParameterProblem(
		`'${label}' must be the address of an image`,
		`It is ${describe(entry)}. ${advice}`,
	);
}

/** Where in an object the first address is, as an expression writes it: `.images[0].url`. */
function pathToAddress(value: unknown, depth = 0): string | undefined {
	if (typeof value === 'string') return ADDRESS.test(value) ? '' : undefined;
	if (depth > DEEPEST || typeof value !== 'object' || value === null) return undefined;
	for (const [key, each] of Object.entries(value)) {
		const rest = pathToAddress(each, depth + 1);
		if (rest === undefined) continue;
		if (Array.isArray(value)) return `[${key}]${rest}`;
		return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}${rest}` : `[${JSON.stringify(key)}]${rest}`;
	}
	return undefined;
}
