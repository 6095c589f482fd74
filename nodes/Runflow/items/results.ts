import type { INodeExecutionData } from 'n8n-workflow';

import { sentences } from '../messages/sentences';
import type { Evaluation } from '../api/types';
import { shapeEvaluation } from '../verdict/shape';
import type { Shape } from '../verdict/shape';
import type { Outcome } from '../waiting/batch';
import { problemFrom } from './problem';
import type { Problem } from './problem';
import type { TimeoutRule } from '../parameters/timeout';

const MOST_IDS_NAMED = 50;

/**
 * The item for an outcome, or the problem that stands in its place. One that is still open where
 * timeouts are no error is the record of a parked run: it is seen when the time is up.
 */
export function toResult(
	outcome: Outcome,
	itemIndex: number,
	shape: Shape,
	rule: TimeoutRule,
): INodeExecutionData | Problem {
	switch (outcome.kind) {
		case 'done':
			return evaluationItem(outcome.evaluation, itemIndex, shape);
		case 'open':
			return evaluationItem(outcome.evaluation, itemIndex, shape, rule.onTimeout === 'continue');
		case 'timedOut': {
			const { id, evaluation = { id, status_code: 'pending' } } = outcome;
			if (rule.onTimeout === 'continue') return evaluationItem(evaluation, itemIndex, shape, true);
			return timeoutProblem(id, itemIndex, rule);
		}
		case 'failed':
		case 'notAwaited':
			return problemFrom(outcome.failure, itemIndex, outcome.id);
		case 'notSubmitted': {
			const problem = problemFrom(outcome.failure, itemIndex);
			const description = sentences('This item was not submitted', problem.description);
			return { ...problem, description };
		}
	}
}

export function evaluationItem(
	evaluation: Evaluation,
	itemIndex: number,
	shape: Shape,
	isLate = false,
): INodeExecutionData {
	return { json: shapeEvaluation(evaluation, shape, { isLate }), pairedItem: { item: itemIndex } };
}

function timeoutProblem(evaluationId: string, itemIndex: number, rule: TimeoutRule): Problem {
	return {
		itemIndex,
		evaluationId,
		message: `The evaluation was not finished within ${secondsText(rule)}`,
		description: openAdvice([evaluationId]),
	};
}

/**
 * The one error that ends a batch: the failure that caused it, or the timeouts, with the ids of
 * the evaluations that must not be lost. Undefined when nothing went wrong.
 * @param isOurs whether this run submitted the item's evaluation; otherwise its id is no news
 */
export function batchProblem(
	outcomes: Map<number, Outcome>,
	rule: TimeoutRule,
	isOurs: (itemIndex: number) => boolean = () => true,
): Problem | undefined {
	const entries = [...outcomes.entries()].sort(([a], [b]) => a - b);
	const failed = entries.find(([, outcome]) => outcome.kind === 'failed');
	if (failed?.[1].kind === 'failed') {
		const { failure, id } = failed[1];
		const problem = problemFrom(failure, failed[0], id);
		const ours = entries.filter(([itemIndex]) => isOurs(itemIndex));
		const existing = ours.flatMap(([, outcome]) => idOf(outcome) ?? []);
		return { ...problem, description: sentences(problem.description, existingNote(existing)) };
	}
	const late = entries.filter(([, { kind }]) => kind === 'timedOut');
	const [first] = late;
	if (first === undefined || rule.onTimeout === 'continue') return undefined;
	const ids = late.flatMap(([, outcome]) => idOf(outcome) ?? []);
	const [id] = ids;
	if (entries.length === 1 && id !== undefined) return timeoutProblem(id, first[0], rule);
	return {
		itemIndex: first[0],
		evaluationId: id,
		message: `${late.length} of ${entries.length} evaluations were not finished within ${secondsText(rule)}`,
		description: openAdvice(ids),
	};
}

function idOf(outcome: Outcome): string | undefined {
	if (outcome.kind === 'done' || outcome.kind === 'open') return outcome.evaluation.id;
	if (outcome.kind === 'notSubmitted') return undefined;
	if (outcome.kind === 'failed' && outcome.failure.reaction === 'missing') return undefined;
	return outcome.id;
}

function secondsText({ timeoutSeconds }: TimeoutRule): string {
	return timeoutSeconds === 1 ? '1 second' : `${timeoutSeconds} seconds`;
}

function openAdvice(ids: string[]): string {
	const subject = ids.length === 1 ? 'It goes on' : 'They go on';
	return `${subject} at Runflow: read the result later with Get or Wait instead of submitting again, or raise 'Timeout (Seconds)'. ${idList(ids)}`;
}

function existingNote(ids: string[]): string | undefined {
	if (ids.length === 0) return undefined;
	return `Some images were accepted before that: read their results with Get or Wait. n8n's Retry On Fail does not bill them again; a new run does, unless 'Idempotency Key' is set. ${idList(ids)}`;
}

function idList(ids: string[]): string {
	const rest = ids.length - MOST_IDS_NAMED;
	const named = ids.slice(0, MOST_IDS_NAMED).join(', ');
	const label = ids.length === 1 ? 'Evaluation ID' : 'Evaluation IDs';
	return `${label}: ${named}${rest > 0 ? ` and ${rest} more` : ''}`;
}
