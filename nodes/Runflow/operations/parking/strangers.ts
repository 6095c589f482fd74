import type { IExecuteFunctions } from 'n8n-workflow';

import type { RunflowClient } from '../../api/client';
import { LOOK_BEFORE_PARKING_LIMIT_MS } from '../../api/policy';
import { evaluateItems } from '../../items/evaluate';
import type { Ending, Plan } from '../../billing/types';
import { evaluateAgain } from '../../parameters/evaluateAgain';
import { itemSource } from '../../parameters/source';
import type { TimeoutRule } from '../../parameters/timeout';
import { isFinished } from '../../waiting/rules';
import { lookAtEach } from './look';
import type { Sight } from './look';

/**
 * Waits, by polling, for the evaluations that will not call this execution back: those that Runflow
 * knew by their idempotency key report to the execution that submitted them first, and those that
 * are finished have reported already. Changes their outcomes.
 */
export async function awaitStrangers(
	context: IExecuteFunctions,
	client: RunflowClient,
	plans: Map<number, Plan>,
	outcomes: Map<number, Ending>,
	callbackUrl: string,
	sight: Sight,
	rule: TimeoutRule,
): Promise<void> {
	const strangers = await findStrangers(context, plans, outcomes, callbackUrl, sight);
	await poll(context, client, plans, outcomes, strangers, rule);
}

/** Waits, by polling, for all that is open. Changes their outcomes. */
export async function awaitHere(
	context: IExecuteFunctions,
	client: RunflowClient,
	plans: Map<number, Plan>,
	outcomes: Map<number, Ending>,
	rule: TimeoutRule,
): Promise<void> {
	const open = [...outcomes].flatMap(([itemIndex, outcome]) =>
		outcome.kind === 'open' ? [[itemIndex, outcome.evaluation.id] as const] : [],
	);
	await poll(context, client, plans, outcomes, new Map(open), rule);
}

async function poll(
	context: IExecuteFunctions,
	client: RunflowClient,
	plans: Map<number, Plan>,
	outcomes: Map<number, Ending>,
	ids: Map<number, string>,
	rule: TimeoutRule,
): Promise<void> {
	const known = [...ids].flatMap(([itemIndex, evaluationId]) => {
		const shape = plans.get(itemIndex)?.shape;
		return shape ? [[itemIndex, { evaluationId, shape }] as const] : [];
	});
	if (known.length === 0) return;
	const ended = await evaluateItems(context, client, new Map(known), { until: 'finished', rule });
	for (const [itemIndex, outcome] of ended.outcomes) outcomes.set(itemIndex, outcome);
}

/** Their ids, by item index. */
async function findStrangers(
	context: IExecuteFunctions,
	plans: Map<number, Plan>,
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
		else if (!tells && mayBeKnown(context, itemIndex, plans.get(itemIndex)))
			suspects.set(itemIndex, evaluation.id);
	}
	const seen = await lookAtEach([...suspects.values()], sight, LOOK_BEFORE_PARKING_LIMIT_MS);
	for (const [itemIndex, id] of suspects) {
		if (seen.get(id.toLowerCase())?.callback_url !== callbackUrl) strangers.set(itemIndex, id);
	}
	return strangers;
}

/** Whether the key of a submit can be one that Runflow has seen in another execution. */
function mayBeKnown(context: IExecuteFunctions, itemIndex: number, plan?: Plan): boolean {
	const submission = plan && 'submission' in plan ? plan.submission : undefined;
	if (context.getMode() === 'retry' || submission?.userKey !== undefined) return true;
	return evaluateAgain.read(itemSource(context, itemIndex)) === 'onChange';
}
