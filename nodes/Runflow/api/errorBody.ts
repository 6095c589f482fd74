import type { IDataObject } from 'n8n-workflow';

import { masked } from './mask';
import { isObject, textAt } from './read';

const MAX_LENGTH = 500;
/** Enough of a text that nothing secret is cut in two, where it could not be told. */
const LOOKED_AT = 4_096;
/** Shorter ones are parts of words. */
const SHORTEST_KEY = 6;
const API_KEY = /\b(rf_[a-z]+_)\w+/gi;

/** What an error answer says, whichever of the known envelopes it uses. */
export interface ErrorBody {
	code?: string;
	text?: string;
	/** One line per rejected field of a 422, e.g. `task_type: field required`. */
	fields: string[];
}

/**
 * Reads `{code, message, errors}` (documented), `{error: {message, code}}`, `{error}` and
 * `{detail}` (seen in Runflow's own clients); HTML pages count as no text.
 */
export function readErrorBody(body: unknown): ErrorBody {
	if (!isObject(body)) {
		const text = typeof body === 'string' && !isWebPage(body) ? clean(body) : undefined;
		return { text: text === '' ? undefined : text, fields: [] };
	}
	const nested = isObject(body.error) ? body.error : body;
	const text =
		textAt(body, 'message') ?? textAt(nested, 'message', 'error') ?? textAt(body, 'detail');
	const fields = readFields(body.errors ?? nested.errors ?? body.detail);
	return {
		code: textAt(body, 'code') ?? textAt(nested, 'code'),
		text: text && clean(text),
		fields,
	};
}

/**
 * Gives an answer without the API key that was sent, whatever keys look like and however it is
 * written in JSON or in an address: some answers repeat it.
 */
export function hiding(apiKey: unknown): (text: string) => string {
	const key = typeof apiKey === 'string' ? apiKey.trim() : '';
	if (key.length < SHORTEST_KEY) return (text) => text;
	const [prefix = ''] = /^rf_[a-z]+_/i.exec(key) ?? [];
	const written = new RegExp([...key].map(anyFormOf).join(''), 'g');
	return (text) => text.replace(written, `${prefix}…`);
}

/** A sign of a key as it is, escaped as JSON allows, or as addresses have it. */
function anyFormOf(sign: string): string {
	const code = (sign.codePointAt(0) ?? 0).toString(16).padStart(2, '0');
	const hex = code.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
	const plain = /[\w-]/.test(sign) ? sign : `\\\\?\\${sign}`;
	return `(?:${plain}|\\\\u00${hex}|%${hex})`;
}

/** Whether a text answer is a web page instead of an API's answer. */
export function isWebPage(text: string): boolean {
	return /^\s*<(!doctype|html|head|body)/i.test(text);
}

function readFields(errors: unknown): string[] {
	let lines: string[] = [];
	if (Array.isArray(errors)) lines = errors.map(fieldLine);
	else if (isObject(errors)) {
		lines = Object.entries(errors).map(([field, problem]) => `${field}: ${problemText(problem)}`);
	}
	return lines.filter((line) => line !== '').map(clean);
}

function fieldLine(entry: unknown): string {
	const text = problemText(entry);
	const field = isObject(entry) ? fieldName(entry) : '';
	return field === '' ? text : `${field}: ${text}`;
}

function fieldName(entry: IDataObject): string {
	const place: unknown = entry.loc ?? entry.path;
	if (Array.isArray(place)) {
		return place
			.map(wordOf)
			.filter((part) => part !== '' && part !== 'body')
			.join('.');
	}
	return textAt(entry, 'field', 'name', 'loc', 'path', 'parameter') ?? '';
}

function problemText(problem: unknown): string {
	if (Array.isArray(problem)) {
		return problem.map((each) => (Array.isArray(each) ? '' : problemText(each))).join(', ');
	}
	const text = isObject(problem) ? textAt(problem, 'message', 'msg', 'detail', 'error') : problem;
	return wordOf(text).replace(/\.$/, '');
}

/** Nothing else has a text that can be relied on: even `String()` throws for some objects. */
function wordOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function clean(text: string): string {
	const line = masked(text.slice(0, LOOKED_AT))
		.replace(/\p{Cc}+/gu, ' ')
		.replace(API_KEY, '$1…')
		.trim();
	return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH)}…` : line;
}
