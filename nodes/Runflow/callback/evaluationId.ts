import { isObject } from '../api/read';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const ENVELOPES = ['evaluation', 'data', 'output'];

/**
 * The id of the evaluation that a callback is about. The body's form is not documented, so it is
 * looked for wherever it may be, flat or in an envelope. Only a UUID counts: it becomes part of a path.
 * A callback about a run or a batch has no evaluation id.
 */
export function findEvaluationId(body: unknown): string | undefined {
	if (!isObject(body)) return undefined;
	const inner = ENVELOPES.map((name) => own(body, name)).filter(isObject);
	const candidates = [
		own(body, 'evaluation_id'),
		own(body, 'id'),
		...inner.flatMap((part) => [own(part, 'evaluation_id'), own(part, 'id')]),
	];
	return candidates.find((value): value is string => typeof value === 'string' && UUID.test(value));
}

function own(source: object, key: string): unknown {
	const isOwn = Object.prototype.hasOwnProperty.call(source, key);
	return isOwn ? Reflect.get(source, key) : undefined;
}
