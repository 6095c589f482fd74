import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { RunflowClient } from '../api/client';
import { MOST_IDS_NAMED, UNREADABLE_RESULT } from '../messages/batch';
import { idOf } from '../billing/endings';
import type { Ending, Evaluated, Goal, Plan } from '../billing/types';
import { isContinuing } from '../desk';
import { evaluateItems } from './evaluate';
import { addHint } from './hint';
import type { CheckedItems } from './items';
import { inInputOrder } from './items';
import { throwUnlessContinuing } from './problem';
import type { Problem } from './problem';
import { batchProblem, toResult } from './results';
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
	addHint(context, plans, evaluated, goal, Date.now() - startedAt, isSplit, problems);
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
	const plan = plans.get(itemIndex);
	return plan !== undefined && 'submission' in plan;
}
