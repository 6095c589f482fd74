import type { IDataObject } from 'n8n-workflow';

import type { Embed } from '../api/evaluations';
import { isObject } from '../api/read';
import type { Evaluation } from '../api/types';
import { verdictOf } from './verdict';
import type { Criterion } from './verdict';

/** How a user wants evaluations to look. */
export interface Shape {
	simple: boolean;
	embed: Embed[];
	criterion: Criterion;
}

const SIMPLE_FIELDS = [
	'overall_passed',
	'weighted_pass_rate',
	'top_issues',
	'top_strengths',
	'primary_action_code',
	'failure_code',
	'cost',
	'client_ref',
	'job_class_code',
	'task_type',
	'generated_image_url',
	'run_id',
	'submitted_at',
	'completed_at',
	'eval_duration_ms',
];

const JUDGE_FIELDS = ['name', 'category', 'passed', 'confidence', 'weight', 'reasoning', 'issues'];

const LONGEST_URL = 2_048;

/**
 * The output of every operation and of the trigger: keys keep the API's names, `verdict` is ours.
 * Simplified, all fields are always there (null where the API has none yet) and the bytes of an
 * inline image are left out; otherwise the API's whole object.
 */
export function shapeEvaluation(evaluation: Evaluation, shape: Shape): IDataObject {
	const { simple, embed, criterion } = shape;
	const verdict = verdictOf(evaluation, criterion);
	if (!simple) return { ...evaluation, verdict };

	const { id, status_code } = evaluation;
	const output: IDataObject = { id, verdict, status_code };
	for (const field of SIMPLE_FIELDS) output[field] = evaluation[field] ?? null;
	output.generated_image_url = withoutBytes(output.generated_image_url);
	for (const name of embed) {
		const value = evaluation[name] ?? null;
		output[name] = name === 'judges' && Array.isArray(value) ? value.map(simpleJudge) : value;
	}
	return output;
}

function simpleJudge(judge: unknown): IDataObject {
	if (!isObject(judge)) return {};
	return Object.fromEntries(JUDGE_FIELDS.map((field) => [field, judge[field] ?? null]));
}

function withoutBytes(url: unknown): string | null {
	if (typeof url !== 'string') return null;
	if (!url.startsWith('data:') || url.length <= LONGEST_URL) return url;
	const kilobytes = Math.round((url.length * 3) / 4 / 1024);
	return `${url.slice(0, url.indexOf(',') + 1)}… (${kilobytes} kB left out by Simplify)`;
}
