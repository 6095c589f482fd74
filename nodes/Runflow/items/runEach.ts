import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { backoffMs, MAX_ATTEMPTS } from '../api/backoff';
import type { Attempt } from '../api/attempt';
import { STOPPED } from '../api/failure';
import { systemClock } from '../waiting/clock';
import type { Clock } from '../waiting/clock';
import type { CheckedItems } from './items';
import { problemFrom, throwUnlessContinuing } from './problem';
import type { Problem } from './problem';

const PASSING = ['retry', 'busy'];
const MOST_AT_ONCE = 5;

/** Repeats a request while its failure is a passing one, with growing pauses, up to five times. */
export async function withRetries<T>(
	request: () => Promise<Attempt<T>>,
	clock: Clock,
): Promise<Attempt<T>> {
	for (let failures = 1; ; failures++) {
		const attempt = await request();
		if (attempt.ok || failures >= MAX_ATTEMPTS || !PASSING.includes(attempt.failure.reaction)) {
			return attempt;
		}
		await rest(backoffMs(failures, clock.random(), attempt.failure.retryAfterMs), clock);
		if (clock.stopped()) return { ok: false, failure: STOPPED };
	}
}

async function rest(ms: number, clock: Clock): Promise<void> {
	const end = clock.now() + ms;
	while (clock.now() < end && !clock.stopped()) await clock.sleep(end - clock.now());
}

/**
 * Sends one request for each item, a few at a time, and gathers what comes of them.
 * A failure ends it and is thrown, unless the node is set to continue on fail.
 */
export async function forEachItem<Plan, T>(
	context: IExecuteFunctions,
	checked: CheckedItems<Plan>,
	item: {
		request: (plan: Plan) => Promise<Attempt<T>>;
		toItems: (value: T, itemIndex: number, plan: Plan) => INodeExecutionData[];
	},
): Promise<{ items: INodeExecutionData[]; problems: Problem[] }> {
	const clock = systemClock(context.getExecutionCancelSignal?.());
	const items: INodeExecutionData[] = [];
	const failures: Problem[] = [];
	const waiting = checked.plans.entries();
	const work = async () => {
		for (const [itemIndex, plan] of waiting) {
			const attempt = await withRetries(async () => await item.request(plan), clock);
			if (attempt.ok) items.push(...item.toItems(attempt.value, itemIndex, plan));
			else failures.push(problemFrom(attempt.failure, itemIndex));
			if (failures.length > 0 && !context.continueOnFail()) return;
		}
	};
	await Promise.all(Array.from({ length: MOST_AT_ONCE }, work));
	failures.sort((a, b) => a.itemIndex - b.itemIndex);
	throwUnlessContinuing(context, failures);
	return { items, problems: [...checked.problems, ...failures] };
}
