import { N8N_NODES_API_VERSION, NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { RunflowClient } from '../../api/client';
import { LOOK_BEFORE_PARKING_LIMIT_MS, PARKED_GRACE_MS } from '../../api/policy';
import { isFinished } from '../../waiting/rules';
import { readCallbackUrl } from './callbackUrl';
import { forLater, linkOutputs } from './links';
import { lookAtEach, lookUntilOpen } from './look';
import type { Sight } from './look';
import { evaluateItems } from '../../items/evaluate';
import type { Ending, Evaluated, Plan } from '../../billing/types';
import { collect, throwIfFailed } from '../../items/runTogether';
import { toOutputs, withInput } from '../../items/items';
import type { CheckedItems } from '../../items/items';
import { isStored, storedItems } from './probe';
import { readOwnRecord, storeParked } from './record';
import { sightFor } from './sight';
import { awaitHere, awaitStrangers } from './strangers';
import type { TimeoutRule } from '../../parameters/timeout';
import { PLAIN_SHAPE } from '../../parameters/verdict';
import type { Layout } from '../../parameters/verdict';

/**
 * Submits all items with a callback URL that leads back into this execution, then parks it until
 * the callbacks have come or the timeout passes. Returns at once when all are finished already.
 */
export async function submitAndPark(
	context: IExecuteFunctions,
	client: RunflowClient,
	{ plans, problems }: CheckedItems<Plan>,
	timeout: TimeoutRule,
	layout: Layout,
	maximumCost?: number,
): Promise<INodeExecutionData[][]> {
	if (layout.split) checkSplitIsPossible(context);
	const rule = continuing(timeout);
	const callbackUrl = await readCallbackUrl(context);
	const evaluated = await submitAll(context, client, plans, callbackUrl, rule, maximumCost);
	const { outcomes } = evaluated;
	throwIfFailed(context, plans, outcomes, rule);

	const deadline = Date.now() + rule.timeoutSeconds * 1_000;
	const shapes = [...plans.values()].map(({ shape }) => shape);
	const sight = sightFor(client, shapes, context.getExecutionCancelSignal?.());
	await awaitStrangers(context, client, plans, outcomes, callbackUrl, sight, rule);
	throwIfFailed(context, plans, outcomes, rule);
	const areAllFinished = await lookAtAll(outcomes, sight, deadline);
	const items = collect(context, plans, evaluated, rule, problems);
	const isStopped = sight.clock.stopped();
	if (areAllFinished || isStopped || Date.now() >= deadline)
		return toOutputs(context, items, layout);
	const records = withInput(context, items, layout.includeInput);
	const unbilled = [...plans.keys()].filter(evaluated.wasThere);
	const terms = { deadline, unbilled, split: layout.split };
	const parked = await park(context, records, plans, terms);
	if (parked !== undefined) return parked;
	sayThatItPolls(context, 'n8n did not keep what was to be parked');
	await awaitHere(context, client, plans, outcomes, rule);
	return toOutputs(context, collect(context, plans, evaluated, rule, problems), layout);
}

/** What is not finished in time is an item in this mode, not an error. */
export const continuing = (rule: TimeoutRule): TimeoutRule => ({ ...rule, onTimeout: 'continue' });

/** For the builder and for n8n's log: what was chosen is not what happens. */
export function sayThatItPolls(context: IExecuteFunctions, why: string): void {
	const message = `'Wait Mode' is Callback, but this run polls: ${why}`;
	context.logger.warn(`'${context.getNode().name}': ${message}`);
	context.addExecutionHints?.({ message, location: 'outputPane' });
}

async function submitAll(
	context: IExecuteFunctions,
	client: RunflowClient,
	plans: Map<number, Plan>,
	callback_url: string,
	rule: TimeoutRule,
	maximumCost: number | undefined,
): Promise<Evaluated> {
	const callingBack = [...plans].map(([itemIndex, plan]): [number, Plan] => {
		if (!('submission' in plan)) return [itemIndex, plan];
		const { submission, shape } = plan;
		// Under a key that others share, only the same body is known again: these are polled.
		const isOwn = submission.evaluateAgain === 'always' && submission.userKey === undefined;
		const facts = { ...submission.facts, ...(isOwn && { callback_url }) };
		return [itemIndex, { submission: { ...submission, facts }, shape: { ...shape, embed: [] } }];
	});
	const goal = { until: 'submitted', rule, maximumCost } as const;
	return await evaluateItems(context, client, new Map(callingBack), goal);
}

/**
 * Before 2.39, n8n resumes a parked node through its first output only and drops the items of the
 * others. That version is also the first to export this constant, which is 1 up to n8n 2: what a later
 * one does with the outputs has not been tried.
 */
function checkSplitIsPossible(context: IExecuteFunctions): void {
	if (N8N_NODES_API_VERSION === 1) return;
	const remedy =
		N8N_NODES_API_VERSION === undefined ? 'Update n8n to 2.39 or newer' : 'Update this package';
	throw new NodeOperationError(
		context.getNode(),
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
	const ids = [...outcomes].flatMap(([itemIndex, outcome]) => {
		const id = idOf(outcome);
		return id === null ? [] : [[itemIndex, id] as const];
	});
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
 * becomes the record of its submission, which has no verdict and names the evaluation. With Execute
 * Once n8n stores more items than the node saw: those that nobody judged must not be passed on.
 * Undefined, and nothing is parked, when n8n turns out not to have what was written.
 */
async function park(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	plans: Map<number, Plan>,
	{ deadline, unbilled, split }: { deadline: number; unbilled: number[]; split: boolean },
): Promise<INodeExecutionData[][] | undefined> {
	const input = context.getInputData();
	const before = input.map(({ json }) => json);
	const records = items.map((item, row) => {
		const stored = input[row];
		return split || stored === undefined ? item.json : forLater(context, item, stored).json;
	});
	for (const [row, item] of input.entries()) item.json = records[row] ?? item.json;
	storedItems(context)?.splice(input.length);
	storeParked(context, {
		ids: items.map(({ json }) =>
			typeof json.id === 'string' && !('error' in json) ? json.id : null,
		),
		shapes: items.map((_, itemIndex) => plans.get(itemIndex)?.shape ?? PLAIN_SHAPE),
		split,
		unbilled,
		until: deadline,
	});
	if (!isStored(context, records) || readOwnRecord(context) === undefined) {
		for (const [row, item] of input.entries()) item.json = before[row] ?? item.json;
		return undefined;
	}
	if (split) linkOutputs(context, items.length);
	await context.putExecutionToWait(new Date(deadline + PARKED_GRACE_MS));
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

function idOf(outcome: Ending): string | null {
	return outcome.kind === 'done' || outcome.kind === 'open' ? outcome.evaluation.id : null;
}
