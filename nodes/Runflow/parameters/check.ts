import { jsonParse } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isObject } from '../api/read';

/** A parameter that cannot be used: what is wrong, naming the parameter, and what to do. */
export class ParameterProblem {
	constructor(
		readonly message: string,
		readonly description: string,
	) {}
}

export type Checked<T> = T | ParameterProblem;

export function isProblem<T>(value: Checked<T>): value is ParameterProblem {
	return value instanceof ParameterProblem;
}

/** A text parameter, trimmed; numbers from expressions count as text, nothing as ''. */
export function textParameter(context: IExecuteFunctions, name: string, itemIndex: number): string {
	return asText(context.getNodeParameter(name, itemIndex, ''));
}

export function asText(value: unknown): string {
	if (typeof value === 'string') return value.trim();
	return typeof value === 'number' ? String(value) : '';
}

/** A collection parameter; an empty object when it is not set. */
export function collectionParameter(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
): IDataObject {
	const value = context.getNodeParameter(name, itemIndex, {});
	return isObject(value) ? value : {};
}

/** A number within bounds; `label` is the parameter's name as the user sees it. */
export function checkNumber(
	value: unknown,
	label: string,
	bounds: { min: number; max: number },
): Checked<number> {
	const { min, max } = bounds;
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof number === 'number' && number >= min && number <= max) return number;
	return new ParameterProblem(
		`'${label}' must be a number from ${min} to ${max}`,
		`Enter a number from ${min} to ${max}, or an expression that gives one`,
	);
}

const ID = /^[0-9A-Za-z][0-9A-Za-z_-]{0,63}$/;

/** An evaluation's id, safe to be part of a path. */
export function checkEvaluationId(value: unknown): Checked<string> {
	const id = asText(value);
	if (ID.test(id)) return id;
	const what = id === '' ? "'Evaluation ID' is empty" : "'Evaluation ID' is not an evaluation's ID";
	return new ParameterProblem(
		what,
		"Use the 'id' that Submit or Runflow Trigger gives for an evaluation, for example with the expression {{ $json.id }}",
	);
}

/** A JSON object, given as text or by an expression; undefined when it is empty. */
export function checkJsonObject(value: unknown, label: string): Checked<IDataObject | undefined> {
	const text = asText(value);
	const parsed: unknown = isObject(value) ? value : text === '' ? {} : parseJson(text);
	if (isObject(parsed)) return Object.keys(parsed).length > 0 ? parsed : undefined;
	return new ParameterProblem(
		`'${label}' is not a JSON object`,
		'Enter names and values in braces, for example { "aspect_ratio": "9:16" }',
	);
}

function parseJson(text: string): unknown {
	try {
		return jsonParse(text);
	} catch {
		return undefined;
	}
}
