import type { INodeExecutionData } from 'n8n-workflow';

import type { ApiFailure } from '../api/attempt';
import { paidNote, standingNote, timeoutMessage, UNREADABLE_RESULT } from '../messages/batch';
import type { Standing } from '../messages/batch';
import { describeFailure } from '../messages/failure';
import { sentences } from '../messages/sentences';
import { sumDecimals } from '../verdict/decimals';
import type { Evaluation } from '../api/types';
import { shapeEvaluation } from '../verdict/shape';
import type { Shape } from '../verdict/shape';
import type { Outcome } from '../waiting/batch';
import { isFinished } from '../waiting/rules';
import { problemFrom } from './problem';
import type { Problem } from './problem';
import type { TimeoutRule } from '../parameters/timeout';

/**
 * The item for an outcome, or the problem that stands in its place. One that is still open where
 * timeouts are no error is the record of a parked run: it is seen when the time is up.
 */
export function toResult(
	outcome: Outcome,
	itemIndex: number,
	shape: Shape,
	rule: TimeoutRule,
	isBilled = true,
): INodeExecutionData | Problem {
	try {
		return resultOf(outcome, itemIndex, shape, rule, isBilled);
	} catch {
		return { ...UNREADABLE_RESULT, itemIndex, evaluationId: idOf(outcome) };
	}
}

function resultOf(
	outcome: Outcome,
	itemIndex: number,
	shape: Shape,
	rule: TimeoutRule,
	isBilled: boolean,
): INodeExecutionData | Problem {
	switch (outcome.kind) {
		case 'done':
			return evaluationItem(outcome.evaluation, itemIndex, shape, { isBilled });
		case 'open':
			return evaluationItem(outcome.evaluation, itemIndex, shape, {
				isLate: rule.onTimeout === 'continue',
				isBilled,
			});
		case 'timedOut': {
			const { id, evaluation = { id, status_code: 'pending' }, lastFailure } = outcome;
			if (rule.onTimeout === 'continue') {
				return evaluationItem(evaluation, itemIndex, shape, { isLate: true, isBilled });
			}
			const late = timeoutProblem([id], itemIndex, rule, { total: 1, isOurs: false, lastFailure });
			return { ...late, evaluation };
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
	state: { isLate?: boolean; isBilled?: boolean } = {},
): INodeExecutionData {
	return { json: shapeEvaluation(evaluation, shape, state), pairedItem: { item: itemIndex } };
}

function timeoutProblem(
	ids: string[],
	itemIndex: number,
	{ timeoutSeconds }: TimeoutRule,
	{ total, isOurs, lastFailure }: { total: number; isOurs: boolean; lastFailure?: ApiFailure },
): Problem {
	const outage = lastFailure && describeFailure(lastFailure);
	const message = timeoutMessage(ids, total, timeoutSeconds, isOurs, outage);
	return { ...message, itemIndex, evaluationId: ids[0] };
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
	const ours = entries.filter(([itemIndex]) => isOurs(itemIndex)).map(([, outcome]) => outcome);
	const failed = entries.find(([, outcome]) => outcome.kind === 'failed');
	if (failed?.[1].kind === 'failed') {
		const { failure, id } = failed[1];
		const problem = problemFrom(failure, failed[0], id);
		const standing = failure.status === 402 ? standingNote(standingOf(ours, failure)) : undefined;
		const paid = paidNote(ours.flatMap((outcome) => idOf(outcome) ?? []));
		return { ...problem, description: sentences(standing, problem.description, paid) };
	}
	const late = entries.filter(([, { kind }]) => kind === 'timedOut');
	const [first] = late;
	if (first === undefined || rule.onTimeout === 'continue') return undefined;
	const ids = late.flatMap(([, outcome]) => idOf(outcome) ?? []);
	return timeoutProblem(ids, first[0], rule, {
		total: entries.length,
		isOurs: isOurs(first[0]),
		lastFailure: outageOf(late.map(([, outcome]) => outcome)),
	});
}

/** Why the last looks failed, when all of them did: an outage rather than slow evaluations. */
function outageOf(late: Outcome[]): ApiFailure | undefined {
	const failures = late.map((outcome) =>
		outcome.kind === 'timedOut' ? outcome.lastFailure : undefined,
	);
	return failures.every((failure) => failure !== undefined) ? failures[0] : undefined;
}

function standingOf(outcomes: Outcome[], { funds }: ApiFailure): Standing {
	const left = outcomes.filter((outcome) => idOf(outcome) === undefined).length;
	const judged = outcomes.filter(
		(outcome) => outcome.kind === 'done' && isFinished(outcome.evaluation),
	).length;
	const price = funds?.price;
	const costOfTheRest = price && sumDecimals(Array.from({ length: left }, () => price));
	return { judged, underWay: outcomes.length - left - judged, left, costOfTheRest };
}

/** Whether nobody waits any more for an evaluation that goes on. */
export function isGivenUp({ kind }: Outcome): boolean {
	return kind === 'timedOut' || kind === 'notAwaited' || kind === 'failed';
}

export function idOf(outcome: Outcome): string | undefined {
	if (outcome.kind === 'done' || outcome.kind === 'open') return outcome.evaluation.id;
	if (outcome.kind === 'notSubmitted') return undefined;
	if (outcome.kind === 'failed' && outcome.failure.reaction === 'missing') return undefined;
	return outcome.id;
}
