import { isObject, isUuid } from '../api/read';
import { parseBody } from './body';

const NO_WORD = /[^0-9a-z_-]/;

/** More of a body is not searched. */
const MOST_CHARACTERS = 1_000_000;
const MOST_VALUES = 1_000;
/** Each may cost a question to the API. */
const MOST_IDS = 3;
const MOST_KEYS_NAMED = 10;

/**
 * The ids that may be the one of the evaluation that a callback is about, the likeliest first, in
 * lower case. The body's form is not documented: any UUID in it may be meant, unless its name says
 * that it is the id of something else, as `run_id` does. Only a UUID counts: it becomes part of a path.
 */
export function findEvaluationIds(rawBody: Buffer): string[] {
	const body = parseBody(rawBody);
	const found = valuesIn(body).flatMap(({ value, path }) => {
		const rank = rankOf(path);
		if (typeof value !== 'string' || !isUuid(value) || rank === undefined) return [];
		return [{ id: value.toLowerCase(), rank }];
	});
	const likeliest = found.sort((a, b) => a.rank - b.rank).map(({ id }) => id);
	return [...new Set(likeliest)].slice(0, MOST_IDS);
}

/** Those of these ids that a body names, wherever it does, case aside. */
export function namedIn(rawBody: Buffer, ids: string[]): string[] {
	const text = rawBody.toString().slice(0, MOST_CHARACTERS).toLowerCase();
	const words = new Set(text.split(NO_WORD));
	return ids.filter((id) => words.has(id.toLowerCase()));
}

/** What a body consists of, for somebody who has to find out its form: its keys, none of its values. */
export function describeBody(rawBody: Buffer): string {
	const body = parseBody(rawBody);
	if (!isObject(body)) return 'it is no JSON object';
	const keys = Object.keys(body).slice(0, MOST_KEYS_NAMED);
	return `its keys are ${keys.map((key) => key.replace(/\W/g, '?').slice(0, 40)).join(', ')}`;
}

interface Value {
	value: unknown;
	path: string[];
}

/** Everything in a body that is a list or an object, what lies less deep first. */
function valuesIn(body: unknown): Value[] {
	if (typeof body !== 'object') return [];
	const values: Value[] = [{ value: body, path: [] }];
	for (const { value, path } of values) {
		if (values.length >= MOST_VALUES) break;
		if (typeof value !== 'object' || value === null) continue;
		for (const [key, inner] of Object.entries(value).slice(0, MOST_VALUES)) {
			values.push({ value: inner, path: [...path, key] });
		}
	}
	return values;
}

/** How unlikely a place is to be the one of an evaluation's id; undefined when it is another's. */
function rankOf(path: string[]): number | undefined {
	const [key = '', parent = ''] = [...path].reverse();
	if (/^evaluation_?id$/i.test(key)) return 0;
	if (/^id$/i.test(key)) return /^evaluation$/i.test(parent) ? 1 : 2 + Number(path.length === 1);
	return /(_id|[a-z]Id|.ID)$/.test(key) ? undefined : 4;
}
