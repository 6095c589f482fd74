import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { RunflowClient } from '../api/client';
import { buildingNote, foundNote, MOST_IDS_NAMED, UNREADABLE_RESULT } from '../messages/batch';
import { sentences } from '../messages/sentences';
import { summarize } from '../verdict/summary';
import { verdictOf } from '../verdict/verdict';
import { idOf } from '../billing/endings';
import type { Ending, Evaluated, Goal, Plan } from '../billing/types';
import { isContinuing } from '../desk';
import { evaluateItems } from './evaluate';
import type { CheckedItems } from './items';
import { inInputOrder } from './items';
import { throwUnlessContinuing } from './problem';
import type { Problem } from './problem';
import { batchProblem, toResult } from './results';
import type { Submission } from '../parameters/submission';
import type { TimeoutRule } from '../parameters/timeout';

/**
 * Runs the evaluations of all items together and returns one item for each, in input order.
 * Throws the one error that ends the batch, unless the node is set to continue on fail.
 */
export async function runEvaluations(
	context: IExecuteFunctions,
	client: RunflowClient,
	{ plans, problems }: CheckedItems<Plan>,
	goal: Goal,
	isSplit = false,
): Promise<INodeExecutionData[]> {
	const startedAt = Date.now();
	const evaluated = await evaluateItems(context, client, plans, goal);
	throwIfFailed(context, plans, evaluated.outcomes, goal.rule);
	if (goal.until === 'finished') {
		addHint(context, plans, evaluated, Date.now() - startedAt, isSplit);
	}
	return collect(context, plans, evaluated, goal.rule, problems);
}

/** Throws the one error that ends a batch; ids that it cannot name stand in n8n's log. */
export function throwIfFailed(
	context: IExecuteFunctions,
	plans: Map<number, Plan>,
	outcomes: Map<number, Ending>,
	rule: TimeoutRule,
): void {
	const cause = batchProblem(outcomes, rule, (index) => isOurs(plans, index));
	if (cause === undefined || isContinuing(context)) return;
	const ids = [...outcomes.values()].flatMap((outcome) => idOf(outcome) ?? []);
	if (ids.length > MOST_IDS_NAMED) {
		context.logger.warn(`Runflow: the evaluations of a batch that failed: ${ids.join(', ')}`);
	}
	throwUnlessContinuing(context, [cause]);
}

/** The items and problems that the outcomes give, in input order. */
export function collect(
	context: IExecuteFunctions,
	plans: Map<number, Plan>,
	{ outcomes, wasThere }: Evaluated,
	rule: TimeoutRule,
	problems: Problem[],
): INodeExecutionData[] {
	const items: INodeExecutionData[] = [];
	const allProblems = [...problems];
	for (const [itemIndex, { shape }] of plans) {
		const outcome = outcomes.get(itemIndex);
		const result = outcome
			? toResult(outcome, itemIndex, shape, rule, !wasThere(itemIndex))
			: { ...UNREADABLE_RESULT, itemIndex };
		if ('json' in result) items.push(result);
		else allProblems.push(result);
	}
	return inInputOrder(context, items, allProblems);
}

/** Whether this execution asks for it; otherwise its id is no news. */
function isOurs(plans: Map<number, Plan>, itemIndex: number): boolean {
	return submissionOf(plans.get(itemIndex)) !== undefined;
}

function submissionOf(plan: Plan | undefined): Submission | undefined {
	return plan && 'submission' in plan ? plan.submission : undefined;
}

function hasAddress(plan: Plan): boolean {
	return typeof submissionOf(plan)?.image === 'string';
}

/** Whether the next execution has it evaluated again, though nothing changed. */
function asksAnew(plan: Plan): boolean {
	const submission = submissionOf(plan);
	return submission?.evaluateAgain === 'always' && submission.userKey === undefined;
}

function addHint(
	context: IExecuteFunctions,
	plans: Map<number, Plan>,
	evaluated: Evaluated,
	durationMs: number,
	isSplit: boolean,
): void {
	const counted = new Set<string>();
	const judged = [...plans].flatMap(([itemIndex, { shape }]) => {
		const outcome = evaluated.outcomes.get(itemIndex);
		if (outcome?.kind !== 'done') return [];
		const { evaluation } = outcome;
		const wasThere = evaluated.wasThere(itemIndex);
		const isCounted = wasThere || counted.has(evaluation.id.toLowerCase());
		const cost = isCounted ? null : evaluation.cost;
		counted.add(evaluation.id.toLowerCase());
		return { verdict: verdictOf(evaluation, shape.criterion), cost, wasThere };
	});
	const summary = plans.size > 0 ? summarize(judged, plans.size, durationMs) : undefined;
	const found = foundNote(judged.filter(({ wasThere }) => wasThere).length);
	const hasCost = judged.some(({ cost }) => Number(cost) > 0);
	const anew = context.getMode() === 'manual' ? [...plans.values()].filter(asksAnew) : [];
	const isBilledAgain = hasCost && anew.length > 0;
	const building = isBilledAgain ? buildingNote(!isSplit, anew.every(hasAddress)) : undefined;
	const message = sentences(summary, found, building);
	if (message !== '') context.addExecutionHints?.({ message, location: 'outputPane' });
}
