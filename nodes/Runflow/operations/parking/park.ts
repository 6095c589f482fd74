import { N8N_NODES_API_VERSION, NodeOperationError } from 'n8n-workflow';
import type { INode, INodeExecutionData } from 'n8n-workflow';

import { LOOK_BEFORE_PARKING_LIMIT_MS, PARKED_GRACE_MS } from '../../api/policy';
import type { Ending, Evaluated, Plan } from '../../billing/types';
import type { NodeDesk } from '../../desk';
import { toOutputs, withInput } from '../../items/items';
import type { Batch } from '../../items/items';
import { collect, evaluatePlans, throwIfFailed } from '../../items/runTogether';
import type { TimeoutRule } from '../../parameters/timeout';
import { PLAIN_SHAPE } from '../../parameters/verdict';
import type { Layout } from '../../parameters/verdict';
import { isFinished } from '../../waiting/rules';
import { forLater } from './links';
import { lookAtEach, lookUntilOpen } from './look';
import type { Sight } from './look';
import { sightFor } from './sight';
import type { ParkingSpace } from './space';
import { awaitHere, awaitStrangers } from './strangers';

/** What of a place the parking itself needs. */
export type Space = Pick<ParkingSpace, 'callbackUrl' | 'write' | 'linkOutputs' | 'waitUntil'>;

/**
 * Submits all items with a callback URL that leads back into this execution, then parks it until
 * the callbacks have come or the timeout passes. Returns at once when all are finished already.
 */
export async function submitAndPark(
	batch: Batch,
	space: Space,
	layout: Layout,
): Promise<INodeExecutionData[][]> {
	const { desk, client, plans } = batch;
	if (layout.split) checkSplitIsPossible(desk.node);
	const callbackUrl = await space.callbackUrl();
	const evaluated = await submitAll(batch, callbackUrl);
	const { outcomes } = evaluated;
	throwIfFailed(batch, outcomes);

	const deadline = Date.now() + batch.goal.rule.timeoutSeconds * 1_000;
	const shapes = [...plans.values()].map(({ shape }) => shape);
	const sight = sightFor(client, shapes, desk.signal);
	await awaitStrangers(batch, outcomes, callbackUrl, sight);
	throwIfFailed(batch, outcomes);
	const areAllFinished = await lookAtAll(outcomes, sight, deadline);
	const items = collect(batch, evaluated);
	const isStopped = sight.clock.stopped();
	if (areAllFinished || isStopped || Date.now() >= deadline) return toOutputs(desk, items, layout);
	const records = withInput(desk, items, layout.includeInput);
	const unbilled = [...plans.keys()].filter(evaluated.wasThere);
	const parked = await park(batch, space, records, { deadline, unbilled, split: layout.split });
	if (parked !== undefined) return parked;
	sayThatItPolls(desk, 'n8n did not keep what was to be parked');
	await awaitHere(batch, outcomes);
	return toOutputs(desk, collect(batch, evaluated), layout);
}

/** What is not finished in time is an item in this mode, not an error. */
export const continuing = (rule: TimeoutRule): TimeoutRule => ({ ...rule, onTimeout: 'continue' });

/** For the builder and for n8n's log: what was chosen is not what happens. */
export function sayThatItPolls(desk: NodeDesk, why: string): void {
	const message = `'Wait Mode' is Callback, but this run polls: ${why}`;
	desk.log.warn(`'${desk.nodeName}': ${message}`);
	desk.hint(message);
}

async function submitAll(batch: Batch, callback_url: string): Promise<Evaluated> {
	const callingBack = [...batch.plans].map(([itemIndex, plan]): [number, Plan] => {
		if (!('submission' in plan)) return [itemIndex, plan];
		const { submission, shape } = plan;
		// Under a key that others share, only the same body is known again: these are polled.
		const isOwn = submission.evaluateAgain === 'always' && submission.userKey === undefined;
		const facts = { ...submission.facts, ...(isOwn && { callback_url }) };
		return [itemIndex, { submission: { ...submission, facts }, shape: { ...shape, embed: [] } }];
	});
	return await evaluatePlans(batch, new Map(callingBack), { ...batch.goal, until: 'submitted' });
}

/**
 * Before 2.39, n8n resumes a parked node through its first output only and drops the items of the
 * others. That version is also the first to export this constant, which is 1 up to n8n 2: what a later
 * one does with the outputs has not been tried.
 */
function checkSplitIsPossible(node: INode): void {
	if (N8N_NODES_API_VERSION === 1) return;
	const remedy =
		N8N_NODES_API_VERSION === undefined ? 'Update n8n to 2.39 or newer' : 'Update this package';
	throw new NodeOperationError(
		node,
		"'Split by Verdict' does not work with 'Wait Mode' Callback in this version of n8n",
		{
			itemIndex: 0,
			description: `${remedy}, set 'Wait Mode' to Poll, or turn 'Split by Verdict' off and use an IF node. Nothing was submitted`,
		},
	);
}

/**
 * Whether every evaluation is finished, which changes the outcomes; those that are do so as well once
 * the time is up. What could not be looked at counts as open.
 */
async function lookAtAll(
	outcomes: Map<number, Ending>,
	sight: Sight,
	deadline: number,
): Promise<boolean> {
	const ids = [...outcomes].flatMap(([itemIndex, outcome]) =>
		outcome.kind === 'done' || outcome.kind === 'open'
			? [[itemIndex, outcome.evaluation.id] as const]
			: [],
	);
	const limitMs = Math.min(LOOK_BEFORE_PARKING_LIMIT_MS, Math.max(1_000, deadline - Date.now()));
	const all = ids.map(([, id]) => id);
	const state = await lookUntilOpen(all, [], sight, limitMs);
	const isComplete = state.kind === 'finished';
	if (!isComplete && Date.now() < deadline) return false;
	const seen = isComplete ? state.evaluations : await lookAtEach(all, sight, limitMs);
	for (const [itemIndex, id] of ids) {
		const evaluation = seen.get(id.toLowerCase());
		const isOver = evaluation !== undefined && isFinished(evaluation);
		if (isOver) outcomes.set(itemIndex, { kind: 'done', evaluation });
		else if (outcomes.get(itemIndex)?.kind === 'open') {
			outcomes.set(itemIndex, { kind: 'timedOut', id, evaluation });
		}
	}
	return isComplete;
}

/**
 * What n8n passes on by itself when the time is up are the input items as they are then: so each
 * becomes the record of its submission, which has no verdict and names the evaluation. Undefined, and
 * nothing is parked, when n8n turns out not to have what was written.
 */
async function park(
	{ desk, plans }: Batch,
	space: Space,
	items: INodeExecutionData[],
	{ deadline, unbilled, split }: { deadline: number; unbilled: number[]; split: boolean },
): Promise<INodeExecutionData[][] | undefined> {
	const records = items.map((item, row) => {
		const stored = desk.rows[row];
		return split || stored === undefined ? item.json : forLater(desk.node, item, stored).json;
	});
	const input = space.write(records, {
		ids: items.map(({ json }) =>
			typeof json.id === 'string' && !('error' in json) ? json.id : null,
		),
		shapes: items.map((_, itemIndex) => plans.get(itemIndex)?.shape ?? PLAIN_SHAPE),
		split,
		unbilled,
		until: deadline,
	});
	if (input === undefined) return undefined;
	if (split) space.linkOutputs(items.length);
	await space.waitUntil(deadline + PARKED_GRACE_MS);
	return [whatIsShown(input)];
}

/**
 * What the editor shows while the execution is parked. A list of its own, for n8n empties the one it
 * gets when there is an error output; and without errors, for the first one would make Retry On Fail
 * run the node again.
 */
function whatIsShown(input: INodeExecutionData[]): INodeExecutionData[] {
	return input.filter(({ json }) => !('error' in json));
}
