import type { IDataObject } from 'n8n-workflow';

import type { Balance, Evaluation, EvaluationPage, JobClass } from './types';

const PRICE_KEYS = ['price', 'price_credits', 'unit_price', 'cost'];
const UNSIGNED_DECIMAL = /^\d+(\.\d+)?$/;
const AMOUNT = /^-?\d+(\.\d+)?$/;

/** Text as JSON; undefined for what is none. */
export function readJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

export function isUuid(text: string): boolean {
	return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

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

const WITHOUT_ZONE = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/;

/** Milliseconds since 1970 of a moment in ISO 8601, without a zone in UTC; NaN for anything else. */
export function momentAt(value: unknown): number {
	if (typeof value !== 'string') return NaN;
	return Date.parse(WITHOUT_ZONE.test(value) ? `${value.replace(' ', 'T')}Z` : value);
}

const DEEPEST = 100;
const ENVELOPES = ['evaluation', 'data', 'result'];

/** Whether a value is nested deeper than anything the API documents: n8n cannot copy such an item. */
export function isTooDeep(value: unknown, most = DEEPEST): boolean {
	if (most < 0) return true;
	if (typeof value !== 'object' || value === null) return false;
	return Object.values(value).some((each) => isTooDeep(each, most - 1));
}

/** A value without anything that is nested in it, but for envelopes around an evaluation. */
export function shallow(value: unknown, envelopes = ENVELOPES): unknown {
	if (!isObject(value)) return undefined;
	const entries = Object.entries(value).map(([key, each]): [string, unknown] => {
		const isFlat = typeof each !== 'object' || each === null;
		return [key, isFlat ? each : envelopes.includes(key) ? shallow(each, []) : undefined];
	});
	return Object.fromEntries(entries);
}

/**
 * Reads the answer to a submit: an id without a status is an evaluation all the same, for what has
 * an id is billed. The documented form is flat; one envelope around it hides nothing.
 */
export function readAccepted(body: unknown): Evaluation | undefined {
	const found = readEvaluation(body);
	if (found !== undefined) return found;
	for (const part of partsOf(body)) {
		const id = idIn(part, 'id', 'evaluation_id');
		if (id !== undefined) return { ...part, id, status_code: 'pending' };
	}
	return undefined;
}

const PLACE = /\/evaluations\/([0-9A-Za-z_-]{1,64})\/?(?:[?#]|$)/;

/** The evaluation that a submit without a body was accepted as, by the `Location` of the answer. */
export function readAcceptedAt(location: unknown): Evaluation | undefined {
	const id = typeof location === 'string' ? PLACE.exec(location.slice(0, 2_048))?.[1] : undefined;
	return id === undefined ? undefined : { id, status_code: 'pending' };
}

/** Reads an evaluation; undefined when the answer has no id or no status. */
export function readEvaluation(body: unknown): Evaluation | undefined {
	for (const part of partsOf(body)) {
		const { status_code } = part;
		const id = idIn(part, 'id');
		if (id !== undefined && typeof status_code === 'string') {
			return { ...withScore(part), id, status_code };
		}
	}
	return undefined;
}

/** A score is a number, also where it came as text, as costs do. */
function withScore(part: IDataObject): IDataObject {
	const { weighted_pass_rate: rate } = part;
	if (typeof rate !== 'string' || !UNSIGNED_DECIMAL.test(rate)) return part;
	return { ...part, weighted_pass_rate: Number(rate) };
}

/** The id of the evaluation that a refusal names, in any of the places where it may stand. */
export function evaluationIdIn(body: unknown): string | undefined {
	const parts = partsOf(body);
	const inner = parts.flatMap(({ error, details }) => [error, details].filter(isObject));
	for (const part of [...parts, ...inner]) {
		const id = idIn(part, 'evaluation_id');
		if (id !== undefined) return id;
	}
	return [...parts.slice(1), ...parts]
		.map((part) => idIn(part, 'id'))
		.find((id) => id !== undefined);
}

const MOST_CURRENCY_LETTERS = 8;

/** Reads a balance in units, as decimal text or a number, or in cents. */
export function readBalance(body: unknown): Balance | undefined {
	for (const part of partsOf(body)) {
		const balance = amountAt(part, 'balance') ?? centsAt(part, 'balance_cents');
		if (balance === undefined) continue;
		const currency = textAt(part, 'currency', 'currency_code') ?? 'USD';
		return {
			balance,
			currency: currency.slice(0, MOST_CURRENCY_LETTERS).toUpperCase(),
			lowBalanceThreshold:
				amountAt(part, 'low_balance_threshold') ?? centsAt(part, 'low_balance_threshold_cents'),
		};
	}
	return undefined;
}

/**
 * Reads the evaluations of a run from a bare list or one in an envelope; undefined when any of them
 * has no id or status, for an older one must not stand for it. Sorted by creation, newest first.
 */
export function readEvaluationPage(body: unknown): EvaluationPage | undefined {
	const rows = isObject(body) ? (body.items ?? body.data ?? body.evaluations) : body;
	if (!Array.isArray(rows)) return undefined;
	const evaluations = rows.flatMap((row) => readEvaluation(row) ?? []);
	if (evaluations.length < rows.length) return undefined;
	const createdAt = ({ created_at, submitted_at }: Evaluation) =>
		momentAt(created_at ?? submitted_at) || 0;
	evaluations.sort((a, b) => createdAt(b) - createdAt(a));
	return { evaluations, ...(isObject(body) ? whatFollows(body) : { isCut: false }) };
}

/** A cursor, or the query of an address: the address itself is not followed. */
function whatFollows(body: IDataObject): Pick<EvaluationPage, 'next' | 'isCut'> {
	const next = textAt(body, 'next_pq', 'next');
	if (next === undefined) return { isCut: body.has_more === true };
	const isQuery = /[?&]/.test(next);
	if (!isQuery)
		return /^https?:/i.test(next) ? { isCut: true } : { next: { pq: next }, isCut: false };
	const query = Object.fromEntries(new URLSearchParams(next.slice(next.indexOf('?') + 1)));
	return Object.keys(query).length > 0 ? { next: query, isCut: false } : { isCut: true };
}

function amountAt(source: IDataObject, key: string): string | undefined {
	const value = source[key];
	const text = typeof value === 'number' ? String(value) : value;
	return typeof text === 'string' && AMOUNT.test(text) ? text : undefined;
}

function centsAt(source: IDataObject, key: string): string | undefined {
	const value = source[key];
	return typeof value === 'number' && Number.isFinite(value) ? (value / 100).toFixed(2) : undefined;
}

/** The answer itself, then what is in an envelope or a list of one. */
function partsOf(body: unknown): IDataObject[] {
	const only: unknown = Array.isArray(body) && body.length === 1 ? body[0] : body;
	if (!isObject(only)) return [];
	return [only, ...ENVELOPES.map((name) => only[name]).filter(isObject)];
}

function idIn(source: IDataObject, ...keys: string[]): string | undefined {
	for (const key of keys) {
		const id = source[key];
		if (typeof id === 'string' && id !== '') return id;
		if (typeof id === 'number' && Number.isSafeInteger(id)) return String(id);
	}
	return undefined;
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
		if (typeof text === 'string' && UNSIGNED_DECIMAL.test(text)) return text;
	}
	const cents = row.price_cents ?? row.unit_price_cents ?? row.cost_cents;
	const isWhole = typeof cents === 'number' && Number.isSafeInteger(cents) && cents >= 0;
	return isWhole ? (cents / 100).toFixed(2) : null;
}
