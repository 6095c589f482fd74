import type { INodeExecutionData } from 'n8n-workflow';

import type { ApiFailure } from '../api/attempt';
import { paidNote, standingNote, timeoutMessage, UNREADABLE_RESULT } from '../messages/batch';
import { describeFailure } from '../messages/failure';
import type { Message } from '../messages/message';
import { sentences } from '../messages/sentences';
import { sumDecimals } from '../verdict/decimals';
import type { Evaluation } from '../api/types';
import { shapeEvaluation } from '../verdict/shape';
import type { Shape } from '../verdict/shape';
import { isFinished } from '../waiting/rules';
import { idOf } from '../billing/endings';
import type { Ending } from '../billing/types';
import { describeRefusal } from '../messages/budget';
import { problemFrom } from './problem';
import type { Problem } from './problem';
import type { TimeoutRule } from '../parameters/timeout';

/** What an item's looks depend on, beside how it ended. */
interface Looks {
	shape: Shape;
	rule: TimeoutRule;
	isBilled: boolean;
}

/**
 * The item for an outcome, or the problem that stands in its place. One that is still open where
 * timeouts are no error is the record of a parked run: it is seen when the time is up.
 */
export function toResult(
	outcome: Ending,
	itemIndex: number,
	looks: Looks,
): INodeExecutionData | Problem {
	try {
		return resultOf(outcome, itemIndex, looks);
	} catch {
		return { ...UNREADABLE_RESULT, itemIndex, evaluationId: idOf(outcome) };
	}
}

function resultOf(
	outcome: Ending,
	itemIndex: number,
	{ shape, rule, isBilled }: Looks,
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
			return problemFrom(outcome.failure, itemIndex, outcome.id, rule.field);
		case 'refused':
			return { ...refusalMessage(outcome), itemIndex, evaluationId: outcome.id };
		case 'notSubmitted': {
			const problem = problemFrom(outcome.failure, itemIndex, undefined, rule.field);
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
	const message = timeoutMessage(ids, { total, seconds: timeoutSeconds, isOurs, outage });
	return { ...message, itemIndex, evaluationId: ids[0] };
}

/**
 * The one error that ends a batch: the failure that caused it, or the timeouts, with the ids of
 * the evaluations that must not be lost. Undefined when nothing went wrong.
 * @param isOurs whether this run submitted the item's evaluation; otherwise its id is no news
 */
export function batchProblem(
	outcomes: Map<number, Ending>,
	rule: TimeoutRule,
	isOurs: (itemIndex: number) => boolean = () => true,
): Problem | undefined {
	const entries = [...outcomes.entries()].sort(([a], [b]) => a - b);
	const ours = entries.filter(([itemIndex]) => isOurs(itemIndex)).map(([, outcome]) => outcome);
	const failed = entries.filter(([, { kind }]) => kind === 'failed' || kind === 'refused');
	const cause =
		failed.find(([, each]) => !('failure' in each && each.failure.isOthers)) ?? failed[0];
	if (cause !== undefined) {
		const [itemIndex, ending] = cause;
		const problem = toProblem(ending, itemIndex, rule.field);
		const paid = paidNote([...new Set(ours.flatMap((outcome) => idOf(outcome) ?? []))]);
		const standing = standingOf(ours, ending);
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
function outageOf(late: Ending[]): ApiFailure | undefined {
	const failures = late.map((outcome) =>
		outcome.kind === 'timedOut' ? outcome.lastFailure : undefined,
	);
	return failures.every((failure) => failure !== undefined) ? failures[0] : undefined;
}

function refusalMessage({ refusal, mayExist }: Ending & { kind: 'refused' }): Message {
	return describeRefusal(refusal, mayExist);
}

function toProblem(ending: Ending, itemIndex: number, timeoutField?: string): Problem {
	if (ending.kind === 'failed') {
		return problemFrom(ending.failure, itemIndex, ending.id, timeoutField);
	}
	const message = ending.kind === 'refused' ? refusalMessage(ending) : UNREADABLE_RESULT;
	return { ...message, itemIndex };
}

/** How far the batch came, when the money ended it. */
function standingOf(endings: Ending[], cause: Ending): string | undefined {
	const isBalance = cause.kind === 'failed' && cause.failure.status === 402;
	const isLimit =
		cause.kind === 'refused' && cause.refusal.kind === 'overBudget' && cause.refusal.isPartial;
	if (!isBalance && !isLimit) return undefined;
	const unknown = endings.filter((ending) => idOf(ending) === undefined);
	const unheard = unknown.filter(mayBeBilled).length;
	const left = unknown.length - unheard;
	const judged = endings.filter(
		(ending) => ending.kind === 'done' && isFinished(ending.evaluation),
	).length;
	const price = isBalance ? cause.failure.funds?.price : undefined;
	const costOfTheRest = price && sumDecimals(Array.from({ length: left }, () => price));
	const underWay = endings.length - unknown.length - judged;
	return standingNote({ judged, underWay, unheard, left, costOfTheRest });
}

function mayBeBilled(ending: Ending): boolean {
	if (ending.kind === 'refused') return ending.mayExist === true;
	if (ending.kind !== 'failed') return false;
	const { mayBeAccepted, purpose, reaction, obstacle, isOthers } = ending.failure;
	const isCut = purpose.isSubmit === true && reaction === 'retry' && obstacle === undefined;
	return mayBeAccepted === true || (isCut && isOthers !== true);
}
