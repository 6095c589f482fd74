import type { IDataObject } from 'n8n-workflow';

import { isObject, momentAt, readJson, textAt } from '../api/read';
import { readDecimal } from './decimals';
import { issueLabels } from './labels';
import { scoreOf, VERDICTS } from './verdict';
import type { Verdict } from './verdict';

/**
 * Reads what a result looks like after a trip through a spreadsheet, a CSV file or a Data Table:
 * numbers and booleans as text, decimal commas, percentages, lists as JSON text or `a; b`.
 */

/** The first of these cells that is not empty, as one trimmed text. */
export function textCell(row: IDataObject, ...names: string[]): string | undefined {
	for (const name of names) {
		const text = cellText(row[name]);
		if (text !== undefined) return text;
	}
	return undefined;
}

/** What a cell says, trimmed; undefined when it is empty or no text. */
export function cellText(value: unknown): string | undefined {
	const text = typeof value === 'number' ? String(value) : value;
	return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}

/** An exact amount as a decimal string, also with a currency or other words beside it. */
export function amountCell(value: unknown): string | undefined {
	if (typeof value !== 'string') return readDecimal(value);
	const [number = ''] = /[-+]?[.,]?\d[\d\s.,'’]*(?:e[-+]?\d+)?/i.exec(value) ?? [];
	return readDecimal(withPoint(number.replace(/[\s'’]|[.,]\s*$/g, '')));
}

/** The last of two kinds of separators is the decimal one; one that comes twice is none. */
function withPoint(number: string): string {
	const last = Math.max(number.lastIndexOf('.'), number.lastIndexOf(','));
	const separator = number[last] ?? '';
	const isDecimal = separator !== '' && number.split(separator).length === 2;
	const digits = number.replace(/[.,]/g, '');
	const behind = number.length - last - 1;
	return isDecimal ? `${digits.slice(0, -behind)}.${digits.slice(-behind)}` : digits;
}

/** A score from 0 to 1. */
export function scoreCell(value: unknown): number | undefined {
	const isPercentage = typeof value === 'string' && value.trim().endsWith('%');
	const amount = readDecimal(pointed(isPercentage ? value.replace('%', '') : value));
	return amount === undefined ? undefined : scoreOf(Number(amount) / (isPercentage ? 100 : 1));
}

function pointed(value: unknown): unknown {
	return typeof value === 'string' ? value.trim().replace(',', '.') : value;
}

const YES = ['true', 't', 'yes', '1', 'wahr', 'vrai', 'verdadero', 'vero', 'waar'];
const NO = ['false', 'f', 'no', '0', 'falsch', 'faux', 'falso', 'onwaar'];

/** Also as Postgres, a checkbox and the spreadsheets of other languages write it. */
export function booleanCell(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	const text = cellText(value)?.toLowerCase() ?? '';
	return YES.includes(text) ? true : NO.includes(text) ? false : undefined;
}

/** A list of short texts; also one whose members have columns of their own (`name.0`, `name.1`). */
export function listCell(row: IDataObject, name: string): string[] {
	const value: unknown = row[name];
	if (typeof value === 'string') return unique(fromText(value));
	if (value !== undefined && value !== null) return unique(issueLabels(value));
	const columns = Object.keys(row).filter((key) => key.startsWith(`${name}.`));
	return unique(issueLabels(columns.map((key) => row[key])));
}

function fromText(text: string): string[] {
	const parsed = text.trim().startsWith('[') ? readJson(text) : fromArrayOfPostgres(text);
	return issueLabels(parsed ?? text.split(/[;\n]/.test(text) ? /;|\n/ : ', '));
}

/** `{Blurred,"Too dark"}`, as a text column of Postgres holds a list; undefined for other text. */
function fromArrayOfPostgres(text: string): string[] | undefined {
	const inside = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1];
	if (inside === undefined || (inside !== '' && readJson(text) !== undefined)) return undefined;
	return [...inside.matchAll(/"((?:[^"\\]|\\.)*)"|[^,"]+/g)].map(
		([whole, quoted]) => quoted?.replace(/\\(.)/g, '$1') ?? whole,
	);
}

function unique(texts: string[]): string[] {
	return [...new Set(texts)];
}

/** A verdict by its name, `Not passed` as `not_passed`. */
export function verdictCell(value: unknown): Verdict | undefined {
	const name = cellText(value)
		?.toLowerCase()
		.replace(/[\s_-]+/g, '_');
	return VERDICTS.find((each) => each === name);
}

/** What is in a list of one, or said by an option that was chosen, as the columns of some tables have it. */
export function onlyOne(value: unknown): unknown {
	const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
	return isObject(only) ? (textAt(only, 'value', 'name') ?? only) : only;
}

/** A moment as ISO text with its milliseconds, to be compared. */
export interface Moment {
	text: string;
	ms: number;
}

export function momentCell(value: unknown): Moment | undefined {
	const isDate = value instanceof Date && !Number.isNaN(value.getTime());
	const text = isDate ? value.toISOString() : value;
	if (typeof text !== 'string') return undefined;
	const ms = momentAt(text);
	return Number.isNaN(ms) ? undefined : { text, ms };
}

/** The fields of the input row that a result carries, or none. */
export function inputRow(row: IDataObject): IDataObject {
	const { input } = row;
	return isObject(input) ? input : {};
}
