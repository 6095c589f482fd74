import type { INodeExecutionData } from 'n8n-workflow';

import { idOf } from '../billing/endings';
import { evaluate } from '../billing/evaluate';
import type { Ending, Evaluated, Goal, Plan } from '../billing/types';
import { MOST_IDS_NAMED, UNREADABLE_RESULT } from '../messages/batch';
import { addHint } from './hint';
import { inInputOrder } from './items';
import type { Batch } from './items';
import { throwUnlessContinuing } from './problem';
import { batchProblem, toResult } from './results';

/**
 * Runs the evaluations of all items together and returns one item for each, in input order.
 * Throws the one error that ends the batch, unless the node is set to continue on fail.
 */
export async function runEvaluations(batch: Batch): Promise<INodeExecutionData[]> {
	const startedAt = Date.now();
	const evaluated = await evaluatePlans(batch, batch.plans, batch.goal);
	throwIfFailed(batch, evaluated.outcomes);
	addHint(batch, evaluated, Date.now() - startedAt);
	return collect(batch, evaluated);
}

/** Submits and waits as planned. Whatever goes wrong is part of the outcomes. */
export async function evaluatePlans(
	{ desk, client }: Batch,
	plans: Map<number, Plan>,
	goal: Goal,
): Promise<Evaluated> {
	return await evaluate({ desk, api: client, clock: desk.clock }, plans, goal);
}

/** Throws the one error that ends a batch; ids that it cannot name stand in n8n's log. */
export function throwIfFailed({ desk, plans, goal }: Batch, outcomes: Map<number, Ending>): void {
	const cause = batchProblem(outcomes, goal.rule, (index) => isOurs(plans, index));
	if (cause === undefined || desk.continues) return;
	const ids = [...outcomes.values()].flatMap((outcome) => idOf(outcome) ?? []);
	if (ids.length > MOST_IDS_NAMED) {
		desk.log.warn(`Runflow: the evaluations of a batch that failed: ${ids.join(', ')}`);
	}
	throwUnlessContinuing(desk, [cause]);
}

/** The items and problems that the outcomes give, in input order. */
export function collect(
	{ desk, plans, problems, goal: { rule } }: Batch,
	{ outcomes, wasThere }: Evaluated,
): INodeExecutionData[] {
	const items: INodeExecutionData[] = [];
	const allProblems = [...problems];
	for (const [itemIndex, { shape }] of plans) {
		const outcome = outcomes.get(itemIndex);
		const result = outcome
			? toResult(outcome, itemIndex, { shape, rule, isBilled: !wasThere(itemIndex) })
			: { ...UNREADABLE_RESULT, itemIndex };
		if ('json' in result) items.push(result);
		else allProblems.push(result);
	}
	return inInputOrder(desk, items, allProblems);
}

/** Whether this execution asks for it; otherwise its id is no news. */
function isOurs(plans: Map<number, Plan>, itemIndex: number): boolean {
	const plan = plans.get(itemIndex);
	return plan !== undefined && 'submission' in plan;
}
