import { isObject } from '../api/read';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const ENVELOPES = ['evaluation', 'data', 'output'];
const MOST_IDS = 3;

/**
 * The ids that may be the one of the evaluation that a callback is about, the likeliest first. The
 * body's form is not documented, so they are looked for flat and in an envelope, which may have an
 * id of its own. Only a UUID counts: it becomes part of a path. A callback about a run has none.
 */
export function findEvaluationIds(body: unknown): string[] {
	if (!isObject(body)) return [];
	const parts = [...ENVELOPES.map((name) => body[name]).filter(isObject), body];
	const named = ['evaluation_id', 'id'].flatMap((key) => parts.map((part) => part[key]));
	const ids = named.filter(isUuid).map((id) => id.toLowerCase());
	return [...new Set(ids)].slice(0, MOST_IDS);
}

function isUuid(value: unknown): value is string {
	return typeof value === 'string' && UUID.test(value);
}
