import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Attempt } from '../api/attempt';
import { systemClock } from '../waiting/clock';
import { runRounds } from '../waiting/rounds';
import type { Awaited } from '../waiting/rounds';
import type { CheckedItems } from './items';
import { isContinuing } from '../desk';
import { problemFrom, throwUnlessContinuing } from './problem';
import type { Problem } from './problem';

/**
 * Sends one request for each item, a few at a time, and gathers what comes of them.
 * A failure ends it and is thrown, unless the node is set to continue on fail.
 */
export async function forEachItem<Plan, T>(
	context: IExecuteFunctions,
	checked: CheckedItems<Plan>,
	item: {
		/** How long what is not found may be too new to be. */
		missingGraceMs?: number;
		request: (plan: Plan) => Promise<Attempt<T>>;
		/** Which answers are asked for again; by default each answer is final. */
		awaited?: Awaited<T>;
		toItems: (value: T, itemIndex: number, plan: Plan) => INodeExecutionData[];
	},
): Promise<{ items: INodeExecutionData[]; problems: Problem[] }> {
	const { plans } = checked;
	const outcomes = await runRounds(
		plans,
		item.request,
		{ stopOnFailure: !isContinuing(context), missingGraceMs: item.missingGraceMs },
		item.awaited ?? { isThere: () => true, waitMs: 0 },
		systemClock(context.getExecutionCancelSignal?.()),
	);
	const items: INodeExecutionData[] = [];
	const failures: Problem[] = [];
	for (const [itemIndex, plan] of plans) {
		const outcome = outcomes.get(itemIndex);
		if (outcome?.kind === 'done') items.push(...item.toItems(outcome.value, itemIndex, plan));
		else if (outcome) failures.push(problemFrom(outcome.failure, itemIndex));
	}
	throwUnlessContinuing(context, failures);
	return { items, problems: [...checked.problems, ...failures] };
}
