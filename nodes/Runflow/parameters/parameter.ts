import type { INodeProperties } from 'n8n-workflow';

import { isProblem, ParameterProblem } from './check';
import type { Checked } from './check';
import type { Source } from './source';
import { excerpt, isUnset } from './value';

/** A longer one makes an advice that nobody reads. */
const LONGEST_EXPRESSION = 80;

/** What a problem can say about the place of a value. */
export interface Asked {
	/** The parameter's name as the builder sees it. */
	label: string;
	/** What stands between `{{` and `}}`, when the parameter is one expression. */
	expression?: string;
	/** Whether it is text with expressions in it. */
	isTemplate?: boolean;
	/** Whether the value comes from an expression at all. */
	isComputed?: boolean;
}

/** How a kind of value is read: null and undefined come in too. */
export type Kind<T> = (value: unknown, asked: Asked) => Checked<T>;

/** Gives a value of the right type, or a problem that names the parameter. */
export interface Reader<T> {
	read(source: Source): Checked<T>;
}

/** One parameter: its field in the panel and its reader. */
export interface Parameter<T> extends Reader<T> {
	field: INodeProperties;
}

/** @param collection name of the collection that the field is part of */
export function parameter<T>(
	field: INodeProperties,
	kind: Kind<T>,
	collection?: string,
): Parameter<T> {
	const path = collection === undefined ? field.name : `${collection}.${field.name}`;
	return { field, read: (source) => readAt(source, path, field.displayName, kind) };
}

/** Reads the value at a path; whatever its expression throws becomes a problem that names it. */
export function readAt<T>(source: Source, path: string, label: string, kind: Kind<T>): Checked<T> {
	try {
		const entered = source.entered(path);
		return kind(source.value(path), { label, ...formOf(entered) });
	} catch (error) {
		return unreadable(label, error);
	}
}

/** Reads several parameters; the first problem stands for all. */
export function readAll<T extends object>(
	source: Source,
	parameters: { [Name in keyof T]: Reader<T[Name]> },
): Checked<T> {
	const values: Partial<T> = {};
	for (const name in parameters) {
		const value = parameters[name].read(source);
		if (isProblem(value)) return value;
		values[name] = value;
	}
	return values as T;
}

/** A kind whose value is `fallback` when none is set. */
export function withDefault<T>(kind: Kind<T | undefined>, fallback: T): Kind<T> {
	return (value, asked) => {
		const read = kind(value, asked);
		return read === undefined ? fallback : read;
	};
}

/**
 * A kind for what must not be left out in silence: an expression that gives nothing is a mistake,
 * unlike a field that nobody filled in.
 */
export function notEmptyIfComputed<T>(kind: Kind<T>): Kind<T> {
	return (value, asked) =>
		asked.isComputed === true && isUnset(value) ? nothingGiven(asked.label) : kind(value, asked);
}

/** @param lacks what a row lacks by it, where the value is required */
export function nothingGiven(label: string, lacks?: string): ParameterProblem {
	return new ParameterProblem(
		`'${label}' is empty`,
		'Its expression gives nothing here. Correct the expression or the data, or remove the field',
		lacks,
	);
}

function formOf(entered: unknown): Omit<Asked, 'label'> {
	if (typeof entered !== 'string' || !entered.startsWith('=')) return {};
	const isOne = /^=\s*\{\{((?!\}\}).)*\}\}\s*$/s.test(entered);
	const isTemplate = entered.includes('{{') && !isOne;
	return { expression: isOne ? insideOf(entered) : undefined, isTemplate, isComputed: true };
}

/** What stands between the braces, as something that a path can follow. */
function insideOf(entered: string): string | undefined {
	const inside = entered.slice(entered.indexOf('{{') + 2, entered.lastIndexOf('}}')).trim();
	if (inside === '' || inside.length > LONGEST_EXPRESSION) return undefined;
	return /^[\w$.[\]'"()]+$/.test(inside) ? inside : `(${inside})`;
}

function unreadable(label: string, error: unknown): ParameterProblem {
	const said = error instanceof Error ? error.message : String(error);
	return new ParameterProblem(
		`The expression in '${label}' could not be evaluated`,
		`n8n says: ${excerpt(said)}. Correct the expression, or the data of this item`,
	);
}
