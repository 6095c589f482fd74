import { LOOK_BEFORE_PARKING_LIMIT_MS } from '../../api/policy';
import type { Ending, Plan } from '../../billing/types';
import type { Batch } from '../../items/items';
import { evaluatePlans } from '../../items/runTogether';
import { isFinished } from '../../waiting/rules';
import { lookAtEach } from './look';
import type { Sight } from './look';

/**
 * Waits, by polling, for the evaluations that will not call this execution back: those that Runflow
 * knew by their idempotency key report to the execution that submitted them first, and those that
 * are finished have reported already. Changes their outcomes.
 */
export async function awaitStrangers(
	batch: Batch,
	outcomes: Map<number, Ending>,
	callbackUrl: string,
	sight: Sight,
): Promise<void> {
	await poll(batch, outcomes, await findStrangers(batch, outcomes, callbackUrl, sight));
}

/** Waits, by polling, for all that is open. Changes their outcomes. */
export async function awaitHere(batch: Batch, outcomes: Map<number, Ending>): Promise<void> {
	const open = [...outcomes].flatMap(([itemIndex, outcome]) =>
		outcome.kind === 'open' ? [[itemIndex, outcome.evaluation.id] as const] : [],
	);
	await poll(batch, outcomes, new Map(open));
}

async function poll(
	batch: Batch,
	outcomes: Map<number, Ending>,
	ids: Map<number, string>,
): Promise<void> {
	const known = [...ids].flatMap(([itemIndex, evaluationId]) => {
		const shape = batch.plans.get(itemIndex)?.shape;
		return shape ? [[itemIndex, { evaluationId, shape }] as const] : [];
	});
	if (known.length === 0) return;
	const goal = { until: 'finished', rule: batch.goal.rule } as const;
	const ended = await evaluatePlans(batch, new Map(known), goal);
	for (const [itemIndex, outcome] of ended.outcomes) outcomes.set(itemIndex, outcome);
}

/** Their ids, by item index. */
async function findStrangers(
	{ desk, plans }: Batch,
	outcomes: Map<number, Ending>,
	callbackUrl: string,
	sight: Sight,
): Promise<Map<number, string>> {
	const strangers = new Map<number, string>();
	const suspects = new Map<number, string>();
	for (const [itemIndex, outcome] of outcomes) {
		if (outcome.kind !== 'open') continue;
		const { evaluation } = outcome;
		const reportsHere = evaluation.callback_url === callbackUrl;
		const tells = reportsHere || typeof evaluation.callback_url === 'string';
		if (isFinished(evaluation) || (tells && !reportsHere)) strangers.set(itemIndex, evaluation.id);
		else if (!tells && (desk.isRetry || isShared(plans.get(itemIndex))))
			suspects.set(itemIndex, evaluation.id);
	}
	const seen = await lookAtEach([...suspects.values()], sight, LOOK_BEFORE_PARKING_LIMIT_MS);
	for (const [itemIndex, id] of suspects) {
		if (seen.get(id.toLowerCase())?.callback_url !== callbackUrl) strangers.set(itemIndex, id);
	}
	return strangers;
}

/** Whether the key of a submit can be one that Runflow has seen in another execution. */
function isShared(plan: Plan | undefined): boolean {
	if (plan === undefined || !('submission' in plan)) return false;
	const { userKey, evaluateAgain } = plan.submission;
	return userKey !== undefined || evaluateAgain === 'onChange';
}
