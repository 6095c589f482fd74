import type { IExecuteFunctions } from 'n8n-workflow';

import type { RunflowClient } from '../api/client';
import { evaluate } from '../billing/evaluate';
import type { Evaluated, Goal, Plan } from '../billing/types';
import { deskOf } from '../desk';
import { systemClock } from '../waiting/clock';

/** Submits and waits as planned, for the run of a node. Whatever goes wrong is part of the outcomes. */
export async function evaluateItems(
	context: IExecuteFunctions,
	client: RunflowClient,
	plans: Map<number, Plan>,
	goal: Goal,
): Promise<Evaluated> {
	const clock = systemClock(context.getExecutionCancelSignal?.());
	return await evaluate(deskOf(context), client, clock, plans, goal);
}
