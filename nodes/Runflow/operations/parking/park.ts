import { N8N_NODES_API_VERSION, NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { RunflowClient } from '../../api/client';
import { isOutOfReach } from '../../callback/reach';
import type { Evaluation } from '../../api/types';
import type { Outcome } from '../../waiting/batch';
import { keptInPlace, linkEveryOutput } from './links';
import { lookUntilOpen } from './look';
import { collect, evaluate } from '../../items/runTogether';
import type { Plan } from '../../items/runTogether';
import { toOutputs, withInput } from '../../items/items';
import type { CheckedItems } from '../../items/items';
import { storeParked } from './record';
import { throwUnlessContinuing } from '../../items/problem';
import { batchProblem } from '../../items/results';
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
	checked: CheckedItems<Plan>,
	rule: TimeoutRule,
	layout: Layout,
): Promise<INodeExecutionData[][]> {
	const { plans, problems } = checked;
	if (layout.split) checkSplitIsPossible(context);
	const callback_url = await readCallbackUrl(context);
	const callingBack = [...plans].map(([itemIndex, plan]) =>
		withCallback(itemIndex, plan, callback_url),
	);
	const outcomes = await evaluate(context, client, new Map(callingBack), 'submitted', rule);
	const cause = batchProblem(outcomes, rule);
	throwUnlessContinuing(context, cause ? [cause] : []);

	const finished = await lookAtAll(client, outcomes, plans);
	for (const [itemIndex, evaluation] of finished ?? []) {
		outcomes.set(itemIndex, { kind: 'done', evaluation });
	}
	const items = collect(plans, outcomes, { ...rule, onTimeout: 'continue' }, problems);
	if (finished !== undefined) return toOutputs(context, items, layout);
	const records = withInput(context, items, layout.includeInput);
	return await park(context, records, plans, rule, layout.split);
}

/**
 * Before 2.39, n8n resumes a parked node through its first output only and drops the items of the
 * others. That version is also the first to export this constant.
 */
function checkSplitIsPossible(context: IExecuteFunctions): void {
	if (N8N_NODES_API_VERSION !== undefined) return;
	throw new NodeOperationError(
		context.getNode(),
		"'Split by Verdict' does not work with 'Wait Mode' Callback in this version of n8n",
		{
			itemIndex: 0,
			description:
				"Update n8n to 2.39 or newer, set 'Wait Mode' to Poll, or turn 'Split by Verdict' off and use an IF node. Nothing was submitted",
		},
	);
}

function withCallback(itemIndex: number, plan: Plan, callback_url: string): [number, Plan] {
	const { submission, shape } = plan;
	if (submission === undefined) return [itemIndex, plan];
	const facts = { ...submission.facts, callback_url };
	return [itemIndex, { submission: { ...submission, facts }, shape: { ...shape, embed: [] } }];
}

/** n8n's own URL to resume this execution, made to lead to this very node. */
async function readCallbackUrl(context: IExecuteFunctions): Promise<string> {
	const resumeUrl: unknown = context.evaluateExpression('{{ $execution.resumeUrl }}', 0);
	const { baseUrl } = await context.getCredentials('runflowApi');
	if (typeof resumeUrl !== 'string' || isOutOfReach(resumeUrl, String(baseUrl))) {
		throw new NodeOperationError(context.getNode(), 'Runflow cannot call this n8n back', {
			itemIndex: 0,
			description: `The address of this n8n is ${String(resumeUrl).split('?')[0]}, which Runflow cannot reach. Set 'Wait Mode' to Poll, or give n8n a public address with N8N_WEBHOOK_URL (WEBHOOK_URL in older versions). Nothing was submitted`,
		});
	}
	const url = new URL(resumeUrl);
	url.pathname += `/${encodeURIComponent(context.getNode().id)}`;
	return url.toString();
}

/** All evaluations with their details if every one is finished, else undefined. */
async function lookAtAll(
	client: RunflowClient,
	outcomes: Map<number, Outcome>,
	plans: Map<number, Plan>,
): Promise<Map<number, Evaluation> | undefined> {
	const ids = new Map<number, string>();
	for (const [itemIndex, outcome] of outcomes) {
		const id = idOf(outcome);
		if (id !== null) ids.set(itemIndex, id);
	}
	const embed = [...plans.values()].flatMap(({ shape }) => shape.embed);
	const look = async (id: string) => await client.get(id, { embed: [...new Set(embed)] });
	const state = await lookUntilOpen([...ids.values()], look, Math.random);
	if (state.kind !== 'finished') return undefined;
	const found = new Map<number, Evaluation>();
	for (const [itemIndex, id] of ids) {
		const evaluation = state.evaluations.get(id);
		if (evaluation) found.set(itemIndex, evaluation);
	}
	return found;
}

/**
 * What n8n passes on by itself when the time is up are the input items as they are then: so each
 * becomes the record of its submission, which has no verdict and names the evaluation. With Execute
 * Once n8n stores more items than the node saw: those that nobody judged must not be passed on.
 */
async function park(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	plans: Map<number, Plan>,
	rule: TimeoutRule,
	split: boolean,
): Promise<INodeExecutionData[][]> {
	const input = context.getInputData();
	for (const [itemIndex, item] of items.entries()) {
		const stored = input[itemIndex];
		if (stored !== undefined) stored.json = (split ? keptInPlace(item) : item).json;
	}
	storeParked(context, {
		ids: items.map(({ json }) => (typeof json.id === 'string' ? json.id : null)),
		shapes: items.map((_, itemIndex) => plans.get(itemIndex)?.shape ?? PLAIN_SHAPE),
		split,
	});
	if (split) linkEveryOutput(context);
	context.getExecuteData().data.main?.[0]?.splice(input.length);
	await context.putExecutionToWait(new Date(Date.now() + rule.timeoutSeconds * 1_000));
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

function idOf(outcome: Outcome): string | null {
	return outcome.kind === 'done' || outcome.kind === 'open' ? outcome.evaluation.id : null;
}
