import type { INodeExecutionData } from 'n8n-workflow';

import type { Attempt } from '../api/attempt';
import { runRounds } from '../waiting/rounds';
import type { RoundOptions } from '../waiting/rounds';
import type { CheckedItems } from './items';
import type { NodeDesk } from '../desk';
import { problemFrom, throwUnlessContinuing } from './problem';
import type { Problem } from './problem';

/**
 * Sends one request for each item, a few at a time, and gathers what comes of them.
 * A failure ends it and is thrown, unless the node is set to continue on fail.
 */
export async function forEachItem<Plan, T>(
	desk: NodeDesk,
	checked: CheckedItems<Plan>,
	item: {
		/** How long what is not found may be too new to be. */
		missingGraceMs?: number;
		request: (plan: Plan) => Promise<Attempt<T>>;
		awaited?: RoundOptions<T>['awaited'];
		toItems: (value: T, itemIndex: number, plan: Plan) => INodeExecutionData[];
	},
): Promise<{ items: INodeExecutionData[]; problems: Problem[] }> {
	const { plans } = checked;
	const outcomes = await runRounds(
		plans,
		item.request,
		{
			stopOnFailure: !desk.continues,
			missingGraceMs: item.missingGraceMs,
			awaited: item.awaited,
		},
		desk.clock,
	);
	const items: INodeExecutionData[] = [];
	const failures: Problem[] = [];
	for (const [itemIndex, plan] of plans) {
		const outcome = outcomes.get(itemIndex);
		if (outcome?.kind === 'done') items.push(...item.toItems(outcome.value, itemIndex, plan));
		else if (outcome) failures.push(problemFrom(outcome.failure, itemIndex));
	}
	throwUnlessContinuing(desk, failures);
	return { items, problems: [...checked.problems, ...failures] };
}
