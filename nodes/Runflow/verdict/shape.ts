import type { IDataObject } from 'n8n-workflow';

import { isObject, textAt } from '../api/read';
import type { Embed, Evaluation } from '../api/types';
import { readDecimal } from './decimals';
import { issueLabels } from './labels';
import { reasonFor } from './reason';
import { verdictOf } from './verdict';
import type { Criterion } from './verdict';

/** How a user wants evaluations to look. */
export interface Shape {
	simple: boolean;
	embed: Embed[];
	criterion: Criterion;
	/** Simplified, and every column has one type: no lists, no objects, no nulls. */
	forTables?: boolean;
}

const JUDGE_FIELDS = ['name', 'category', 'passed', 'confidence', 'weight', 'reasoning', 'issues'];

const LONGEST_URL = 2_048;

/**
 * The output of every operation and of the trigger. Keys keep the API's names; ours are `verdict`,
 * `passed` (the verdict as true or false), `reason`, `issues_text`, the cost as numbers that n8n can
 * add up (`cost_credits`, and `billed_credits`, 0 for what was not billed) and `evaluation_id`, which
 * no row has already. Simplified, all fields are always there and no text is null, because many nodes
 * leave the old cell where they get a null; the bytes of an inline image are left out. Otherwise it is
 * the API's whole object, except what must not be in an item.
 * @param isLate whether the time to wait for the evaluation is over
 * @param isBilled whether it was made, and billed, for this item
 */
export function shapeEvaluation(
	evaluation: Evaluation,
	shape: Shape,
	{ isLate = false, isBilled = true } = {},
): IDataObject {
	const { simple, embed, criterion, forTables = false } = shape;
	const verdict = verdictOf(evaluation, criterion);
	const decided = { verdict, passed: verdict === 'passed' };
	const reason = reasonFor(evaluation, criterion, isLate) ?? '';
	const issues_text = issueLabels(evaluation.top_issues).join('; ');
	const cost = readDecimal(evaluation.cost);
	const cost_credits = cost === undefined ? null : Number(cost);
	const credits = { cost_credits, billed_credits: isBilled ? (cost_credits ?? 0) : 0 };
	const evaluation_id = evaluation.id;
	if (!simple && !forTables) {
		const ours = { ...decided, reason, issues_text, ...credits, evaluation_id };
		return { ...wholeObject(evaluation), ...ours };
	}

	const output: IDataObject = {
		...decided,
		reason,
		...picked(evaluation, ['weighted_pass_rate', 'overall_passed', 'top_issues']),
		issues_text,
		...picked(evaluation, ['top_strengths']),
		...textsOf(evaluation, ['primary_action_code', 'failure_code']),
		cost: cost ?? '',
		...credits,
		...textsOf(evaluation, ['client_ref']),
		generated_image_url: withoutBytes(evaluation.generated_image_url),
		...textsOf(evaluation, ['task_type', 'job_class_code', 'run_id', 'status_code']),
		...textsOf(evaluation, ['submitted_at', 'completed_at']),
		...picked(evaluation, ['eval_duration_ms']),
		id: evaluation.id,
		evaluation_id,
	};
	for (const name of embed) {
		const value = evaluation[name] ?? null;
		output[name] = name === 'judges' && Array.isArray(value) ? value.map(simpleJudge) : value;
	}
	return forTables ? tableRow(output) : output;
}

const NUMBERS = ['weighted_pass_rate', 'eval_duration_ms', 'cost_credits', 'billed_credits'];
const BOOLEANS = ['passed', 'overall_passed'];
const LABELS = ['top_issues', 'top_strengths'];

/** Numbers, booleans and texts alone, each column always of the same type. */
function tableRow(output: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(output).map(([name, value]) => {
			if (NUMBERS.includes(name)) return [name, typeof value === 'number' ? value : 0];
			if (BOOLEANS.includes(name)) return [name, value === true];
			if (LABELS.includes(name)) return [name, issueLabels(value).join('; ')];
			return [name, asText(value)];
		}),
	);
}

function asText(value: unknown): string {
	if (value === null || value === undefined) return '';
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function picked(source: IDataObject, names: string[]): IDataObject {
	return Object.fromEntries(names.map((name) => [name, source[name] ?? null]));
}

function textsOf(source: IDataObject, names: string[]): IDataObject {
	return Object.fromEntries(names.map((name) => [name, source[name] ?? '']));
}

/**
 * n8n takes a top-level `error` for a failed run and tries again, and whoever holds the callback
 * URL of a parked execution can call it: the one is renamed, the other left out wherever it stands.
 */
function wholeObject(evaluation: Evaluation): IDataObject {
	const { error, ...whole } = withoutCallback(evaluation, textAt(evaluation, 'callback_url'));
	return error === undefined ? whole : { ...whole, evaluation_error: error };
}

function withoutCallback(source: IDataObject, callbackUrl: string | undefined): IDataObject {
	const isCallback = (value: unknown) => value !== undefined && value === callbackUrl;
	const clean = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.filter((each) => !isCallback(each)).map(clean);
		return isObject(value) ? withoutCallback(value, callbackUrl) : value;
	};
	const kept: IDataObject = {};
	for (const [key, value] of Object.entries(source)) {
		if (key !== 'callback_url' && !isCallback(value)) Object.assign(kept, { [key]: clean(value) });
	}
	return kept;
}

function simpleJudge(judge: unknown): IDataObject {
	return isObject(judge) ? picked(judge, JUDGE_FIELDS) : {};
}

function withoutBytes(url: unknown): string {
	if (typeof url !== 'string') return '';
	if (!url.startsWith('data:') || url.length <= LONGEST_URL) return url;
	const kilobytes = Math.round((url.length * 3) / 4 / 1024);
	return `${url.slice(0, url.indexOf(',') + 1)}… (${kilobytes} kB left out by Simplify)`;
}
