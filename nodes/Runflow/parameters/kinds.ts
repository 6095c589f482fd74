import type { IDataObject } from 'n8n-workflow';

import { isObject, readJson } from '../api/read';
import { isProblem, ParameterProblem } from './check';
import type { Checked } from './check';
import type { Asked, Kind } from './parameter';
import { asJson, dateText, describe, isUnset, onlyEntry, wellFormed } from './value';

/**
 * Text, trimmed; '' when it is not set. Numbers, true and false and dates count as text, and a list
 * with one of these as what is in it.
 */
export const text: Kind<string> = (value, asked) => {
	if (isUnset(value)) return '';
	return withoutObject(plainText(onlyEntry(value)), asked) ?? notText(value, asked);
};

/** Longer text, where lists and objects count too: as JSON. */
export const longText: Kind<string> = (value, asked) => {
	if (isUnset(value)) return '';
	const plain = withoutObject(plainText(onlyEntry(value)), asked);
	if (plain !== undefined) return plain;
	return typeof value === 'object' ? JSON.stringify(asJson(value)) : notText(value, asked);
};

/** A kind of text with a greatest length, in characters. */
export function upTo(length: number, kind: Kind<string>, advice: string): Kind<string> {
	return (value, asked) => {
		const read = kind(value, asked);
		if (isProblem(read) || read.length <= length) return read;
		return new ParameterProblem(
			`'${asked.label}' is longer than ${length.toLocaleString('en-US')} characters`,
			`It has ${read.length.toLocaleString('en-US')}. ${advice}`,
		);
	};
}

/** A whole address, or '' for none. */
export function webAddress(advice: string): Kind<string> {
	return (value, asked) => {
		const read = text(value, asked);
		if (isProblem(read) || read === '' || /^https?:\/\/\S+$/.test(read)) return read;
		return new ParameterProblem(`'${asked.label}' is not a web address`, advice);
	};
}

/** An amount of credits; undefined when it is not set. */
export const credits: Kind<number | undefined> = (value, asked) =>
	number({ min: 0, max: 1_000_000 })(value, asked);

/** A number within bounds; text that is one counts too. Undefined when it is not set. */
export function number(bounds: { min: number; max: number }): Kind<number | undefined> {
	const { min, max } = bounds;
	return (value, { label }) => {
		if (isUnset(value)) return undefined;
		const entry = onlyEntry(value);
		const read = typeof entry === 'string' ? Number(entry) : entry;
		if (typeof read === 'number' && read >= min && read <= max) return read;
		return new ParameterProblem(
			`'${label}' must be a number from ${min} to ${max}`,
			`It is ${describe(entry)}. Enter a number from ${min} to ${max}, or an expression that gives one`,
		);
	};
}

/** True or false; text that says so counts too. Undefined when it is not set. */
export const flag: Kind<boolean | undefined> = (value, { label }) => {
	if (isUnset(value)) return undefined;
	const entry = onlyEntry(value);
	if (typeof entry === 'boolean') return entry;
	const said = String(plainText(entry)).toLowerCase();
	if (said === 'true' || said === 'false') return said === 'true';
	return new ParameterProblem(
		`'${label}' must be true or false`,
		`It is ${describe(entry)}. Switch it on or off, or correct the expression`,
	);
};

/** One of these values; undefined when it is not set. */
export function choice<T extends string>(...values: T[]): Kind<T | undefined> {
	return (value, { label }) => {
		if (isUnset(value)) return undefined;
		const entry = onlyEntry(value);
		const said = plainText(entry);
		return values.find((each) => each === said) ?? notOffered(entry, label, values);
	};
}

/**
 * Any of these values: a list, or text with commas between them. Undefined when it is not set.
 * @param unknown what becomes of other values
 */
export function someOf<T extends string>(
	values: T[],
	unknown: 'refused' | 'ignored' = 'refused',
): Kind<T[] | undefined> {
	return (value, { label }) => {
		if (value === null || value === undefined || value === '') return undefined;
		const given = entriesOf(value);
		const isKnown = given?.every((each) => values.some((known) => known === each));
		if (given === undefined || (unknown === 'refused' && isKnown !== true)) {
			return notOffered(onlyEntry(value), label, values);
		}
		return values.filter((each) => given.includes(each));
	};
}

/** A JSON object, as text or by an expression; undefined when it is not set. */
export const jsonObject: Kind<IDataObject | undefined> = (value, asked) => {
	if (isUnset(value)) return undefined;
	const parsed = typeof value === 'string' ? readJson(value) : value;
	if (!isObject(parsed) || dateText(parsed) !== undefined) return notAnObject(value, asked);
	return Object.keys(parsed).length > 0 ? parsed : undefined;
};

/** What can stand in a text as it is, well formed; undefined for lists and objects. */
export function plainText(value: unknown): string | undefined {
	if (typeof value === 'string') return wellFormed(value.trim());
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
	return dateText(value);
}

function entriesOf(value: unknown): string[] | undefined {
	const parsed: unknown = typeof value === 'string' ? (readJson(value) ?? value.split(',')) : value;
	if (!Array.isArray(parsed)) return undefined;
	const entries = parsed.filter((entry) => !isUnset(entry)).map(plainText);
	return entries.every((entry) => entry !== undefined) ? entries : undefined;
}

/** What n8n writes where an expression puts an object into a text says nothing to anybody. */
function withoutObject(read: string | undefined, { label }: Asked): Checked<string> | undefined {
	if (read?.includes('[object Object]') !== true) return read;
	return new ParameterProblem(
		`'${label}' contains [object Object]`,
		'An expression put an object into the text. Pick one of its values, or write {{ JSON.stringify($json.value) }}',
	);
}

function notText(value: unknown, { label, expression }: Asked): ParameterProblem {
	const from = expression ?? '$json.output';
	const pick = Array.isArray(value) ? `${from}[0]` : `${from}${firstKey(value)}`;
	if (typeof value !== 'object' || value instanceof Date) {
		const advice = 'Enter text, or correct the expression';
		return new ParameterProblem(`'${label}' must be text`, `It is ${describe(value)}. ${advice}`);
	}
	return new ParameterProblem(
		`'${label}' must be text`,
		`It is ${describe(value)}; pick one value, for example {{ ${pick} }}`,
	);
}

function firstKey(value: unknown): string {
	const [key = 'name'] = isObject(value) ? Object.keys(value) : [];
	return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

function notOffered(value: unknown, label: string, values: string[]): ParameterProblem {
	const known = `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
	return new ParameterProblem(
		`'${label}' must be ${known}`,
		`It is ${describe(value)}. Choose from the list, or correct the expression`,
	);
}

function notAnObject(value: unknown, { label, isTemplate }: Asked): ParameterProblem {
	if (isTemplate === true && typeof value === 'string') {
		return new ParameterProblem(
			`'${label}' is not a JSON object`,
			'A quote or a line break in an inserted text breaks JSON. Use one expression that gives the whole object, for example {{ { prompt: $json.prompt } }}',
		);
	}
	return new ParameterProblem(
		`'${label}' is not a JSON object`,
		`It is ${describe(value)}. Enter names and values in braces, for example { "aspect_ratio": "9:16" }`,
	);
}
