import type { IDataObject } from 'n8n-workflow';

import { isObject, textAt } from '../api/read';
import type { Embed, Evaluation } from '../api/types';
import { readDecimal } from './decimals';
import { reasonFor } from './reason';
import { verdictOf } from './verdict';
import type { Criterion } from './verdict';

/** How a user wants evaluations to look. */
export interface Shape {
	simple: boolean;
	embed: Embed[];
	criterion: Criterion;
}

const JUDGE_FIELDS = ['name', 'category', 'passed', 'confidence', 'weight', 'reasoning', 'issues'];

const LONGEST_URL = 2_048;

/**
 * The output of every operation and of the trigger. Keys keep the API's names; three are ours:
 * `verdict`, `reason` and `cost_credits`, the cost as a number that n8n can add up. Simplified, all
 * fields are always there (null where the API has none yet) and the bytes of an inline image are
 * left out; otherwise it is the API's whole object, except what must not be in an item.
 * @param isLate whether the time to wait for the evaluation is over
 */
export function shapeEvaluation(
	evaluation: Evaluation,
	shape: Shape,
	{ isLate = false } = {},
): IDataObject {
	const { simple, embed, criterion } = shape;
	const verdict = verdictOf(evaluation, criterion);
	const reason = reasonFor(evaluation, criterion, isLate);
	const cost = readDecimal(evaluation.cost) ?? null;
	const cost_credits = cost === null ? null : Number(cost);
	if (!simple) return { ...wholeObject(evaluation), verdict, reason, cost_credits };

	const output: IDataObject = {
		verdict,
		reason,
		...fieldsOf(evaluation, ['weighted_pass_rate', 'overall_passed']),
		...fieldsOf(evaluation, ['top_issues', 'top_strengths']),
		...fieldsOf(evaluation, ['primary_action_code', 'failure_code']),
		cost,
		cost_credits,
		...fieldsOf(evaluation, ['client_ref']),
		generated_image_url: withoutBytes(evaluation.generated_image_url),
		...fieldsOf(evaluation, ['task_type', 'job_class_code', 'run_id', 'status_code']),
		...fieldsOf(evaluation, ['submitted_at', 'completed_at', 'eval_duration_ms', 'id']),
	};
	for (const name of embed) {
		const value = evaluation[name] ?? null;
		output[name] = name === 'judges' && Array.isArray(value) ? value.map(simpleJudge) : value;
	}
	return output;
}

function fieldsOf(source: IDataObject, names: string[]): IDataObject {
	return Object.fromEntries(names.map((name) => [name, source[name] ?? null]));
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
	return isObject(judge) ? fieldsOf(judge, JUDGE_FIELDS) : {};
}

function withoutBytes(url: unknown): string | null {
	if (typeof url !== 'string') return null;
	if (!url.startsWith('data:') || url.length <= LONGEST_URL) return url;
	const kilobytes = Math.round((url.length * 3) / 4 / 1024);
	return `${url.slice(0, url.indexOf(',') + 1)}… (${kilobytes} kB left out by Simplify)`;
}
