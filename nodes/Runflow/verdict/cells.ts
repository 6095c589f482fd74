import { jsonParse } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../api/read';
import { readDecimal } from './decimals';
import { issueLabels } from './labels';
import { scoreOf } from './verdict';

/**
 * Reads what a result looks like after a trip through a spreadsheet, a CSV file or a Data Table:
 * numbers and booleans as text, decimal commas, percentages, lists as JSON text or `a; b`.
 */

/** The first of these cells that is not empty, as one trimmed text. */
export function textCell(row: IDataObject, ...names: string[]): string | undefined {
	for (const name of names) {
		const value: unknown = row[name];
		const text = typeof value === 'number' ? String(value) : value;
		if (typeof text === 'string' && text.trim() !== '') return text.trim();
	}
	return undefined;
}

/** An exact amount as a decimal string. */
export function amountCell(value: unknown): string | undefined {
	if (typeof value !== 'string') return readDecimal(value);
	return readDecimal(value.includes('.') ? value.replaceAll(',', '') : value.replace(',', '.'));
}

/** A score from 0 to 1. */
export function scoreCell(value: unknown): number | undefined {
	const isPercentage = typeof value === 'string' && value.trim().endsWith('%');
	const amount = amountCell(isPercentage ? value.replace('%', '') : value);
	return amount === undefined ? undefined : scoreOf(Number(amount) / (isPercentage ? 100 : 1));
}

export function booleanCell(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
	return text === 'true' ? true : text === 'false' ? false : undefined;
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
	const parsed = text.trim().startsWith('[')
		? jsonParse<unknown>(text, { fallbackValue: null })
		: null;
	return issueLabels(parsed ?? text.split(/;|\n/));
}

function unique(texts: string[]): string[] {
	return [...new Set(texts)];
}

/** A moment as ISO text with its milliseconds, to be compared. */
export function momentCell(value: unknown): { text: string; ms: number } | undefined {
	const text = value instanceof Date ? value.toISOString() : value;
	if (typeof text !== 'string') return undefined;
	const ms = Date.parse(text);
	return Number.isNaN(ms) ? undefined : { text, ms };
}

/** The fields of the input row that a result carries, or none. */
export function inputRow(row: IDataObject): IDataObject {
	const { input } = row;
	return isObject(input) ? input : {};
}
