import type { INodeExecutionData } from 'n8n-workflow';

import type { Evaluation } from '../api/types';
import { shapeEvaluation } from '../verdict/shape';
import type { Shape } from '../verdict/shape';
import type { Outcome } from '../waiting/batch';
import { problemFrom } from './problem';
import type { Problem } from './problem';

const MOST_IDS_NAMED = 50;

/** Whether an evaluation that is not finished in time is an error or an item without a verdict. */
export interface TimeoutRule {
	onTimeout: 'error' | 'continue';
	timeoutSeconds: number;
}

/** The item for an outcome, or the problem that stands in its place. */
export function toResult(
	outcome: Outcome,
	itemIndex: number,
	shape: Shape,
	rule: TimeoutRule,
): INodeExecutionData | Problem {
	switch (outcome.kind) {
		case 'done':
		case 'open':
			return evaluationItem(outcome.evaluation, itemIndex, shape);
		case 'timedOut': {
			const { id, evaluation = { id, status_code: 'pending' } } = outcome;
			if (rule.onTimeout === 'continue') return evaluationItem(evaluation, itemIndex, shape);
			return timeoutProblem(id, itemIndex, rule);
		}
		case 'failed':
		case 'notAwaited':
			return problemFrom(outcome.failure, itemIndex, outcome.id);
		case 'notSubmitted': {
			const problem = problemFrom(outcome.failure, itemIndex);
			return { ...problem, description: `This item was not submitted. ${problem.description}` };
		}
	}
}

export function evaluationItem(
	evaluation: Evaluation,
	itemIndex: number,
	shape: Shape,
): INodeExecutionData {
	return { json: shapeEvaluation(evaluation, shape), pairedItem: { item: itemIndex } };
}

function timeoutProblem(evaluationId: string, itemIndex: number, rule: TimeoutRule): Problem {
	return {
		itemIndex,
		evaluationId,
		message: `The evaluation was not finished within ${rule.timeoutSeconds} seconds`,
		description: `${openAdvice([evaluationId])}`,
	};
}

/**
 * The one error that ends a batch: the failure that caused it, or the timeouts, with the ids of
 * the evaluations that exist. Undefined when nothing went wrong.
 */
export function batchProblem(
	outcomes: Map<number, Outcome>,
	rule: TimeoutRule,
): Problem | undefined {
	const entries = [...outcomes.entries()].sort(([a], [b]) => a - b);
	const failed = entries.find(([, outcome]) => outcome.kind === 'failed');
	if (failed?.[1].kind === 'failed') {
		const { failure, id } = failed[1];
		const problem = problemFrom(failure, failed[0], id);
		const existing = entries.flatMap(([, outcome]) => idOf(outcome) ?? []);
		return { ...problem, description: problem.description + existingNote(existing) };
	}
	const late = entries.filter(([, { kind }]) => kind === 'timedOut');
	const [first] = late;
	if (first === undefined || rule.onTimeout === 'continue') return undefined;
	const ids = late.flatMap(([, outcome]) => idOf(outcome) ?? []);
	return {
		itemIndex: first[0],
		evaluationId: ids[0],
		message: `${late.length} of ${entries.length} evaluations were not finished within ${rule.timeoutSeconds} seconds`,
		description: openAdvice(ids),
	};
}

function idOf(outcome: Outcome): string | undefined {
	if (outcome.kind === 'done' || outcome.kind === 'open') return outcome.evaluation.id;
	return outcome.kind === 'notSubmitted' ? undefined : outcome.id;
}

function openAdvice(ids: string[]): string {
	return `Still open: ${list(ids)}. They go on at Runflow and are billed once: read them later with Get or Wait, or raise 'Timeout (Seconds)'`;
}

function existingNote(ids: string[]): string {
	if (ids.length === 0) return '';
	return `. These evaluations exist already: ${list(ids)}. Read them with Get or Wait; when n8n retries this execution they are not billed again`;
}

function list(ids: string[]): string {
	const rest = ids.length - MOST_IDS_NAMED;
	const named = ids.slice(0, MOST_IDS_NAMED).join(', ');
	return rest > 0 ? `${named} and ${rest} more` : named;
}
