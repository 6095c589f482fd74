import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Attempt } from '../api/attempt';
import { SUBMIT_WITH_FILES_LIMIT_MS } from '../api/policy';
import type { RunflowClient } from '../api/client';
import type { Evaluation } from '../api/types';
import { withRequest } from '../verdict/sent';
import type { Shape } from '../verdict/shape';
import { summarize } from '../verdict/summary';
import { verdictOf } from '../verdict/verdict';
import type { BatchItem, BatchOptions, Look, Outcome } from '../waiting/batch';
import { systemClock } from '../waiting/clock';
import { runBatch } from '../waiting/scheduler';
import { explainBalance } from './balance';
import type { CheckedItems } from './items';
import { inInputOrder } from './items';
import { isContinuing, throwUnlessContinuing } from './problem';
import type { Problem } from './problem';
import { batchProblem, toResult } from './results';
import type { SubmissionPlan } from './keys';
import type { TimeoutRule } from '../parameters/timeout';
import { Uploads } from './uploads';

/** One item's evaluation: to be submitted, or existing already; and how it is to look. */
export interface Plan {
	submission?: SubmissionPlan;
	evaluationId?: string;
	shape: Shape;
}

/**
 * Runs the evaluations of all items together and returns one item for each, in input order.
 * Throws the one error that ends the batch, unless the node is set to continue on fail.
 */
export async function runEvaluations(
	context: IExecuteFunctions,
	client: RunflowClient,
	{ plans, problems }: CheckedItems<Plan>,
	until: BatchOptions['until'],
	rule: TimeoutRule,
): Promise<INodeExecutionData[]> {
	const startedAt = Date.now();
	const outcomes = await evaluate(context, client, plans, until, rule);
	const isOurs = (itemIndex: number) => plans.get(itemIndex)?.submission !== undefined;
	const cause = batchProblem(outcomes, rule, isOurs);
	throwUnlessContinuing(context, cause ? [cause] : []);
	if (until === 'finished') addSummary(context, plans, outcomes, Date.now() - startedAt);
	return collect(plans, outcomes, rule, problems);
}

/** Submits and waits as planned; how each item ended, by item index. */
export async function evaluate(
	context: IExecuteFunctions,
	client: RunflowClient,
	plans: Map<number, Plan>,
	until: BatchOptions['until'],
	rule: TimeoutRule,
): Promise<Map<number, Outcome>> {
	const uploads = new Uploads(context, client);
	const items = [...plans].map(([index, plan]) => batchItem(index, plan, client, uploads));
	const look: Look = async (id, timeoutMs) => await client.get(id, { timeoutMs });
	const options: BatchOptions = {
		until,
		timeoutMs: rule.timeoutSeconds * 1_000,
		stopOnFailure: !isContinuing(context),
	};
	const clock = systemClock(context.getExecutionCancelSignal?.());
	return await runBatch(items, look, options, clock);
}

/** The items and problems that the outcomes give, in input order. */
export function collect(
	plans: Map<number, Plan>,
	outcomes: Map<number, Outcome>,
	rule: TimeoutRule,
	problems: Problem[],
): INodeExecutionData[] {
	const items: INodeExecutionData[] = [];
	const allProblems = [...problems];
	for (const [itemIndex, { shape }] of plans) {
		const outcome = outcomes.get(itemIndex);
		const result = outcome && toResult(outcome, itemIndex, shape, rule);
		if (result === undefined) continue;
		if ('json' in result) items.push(result);
		else allProblems.push(result);
	}
	return inInputOrder(items, allProblems);
}

function batchItem(index: number, plan: Plan, client: RunflowClient, uploads: Uploads): BatchItem {
	const { submission, evaluationId = '', shape } = plan;
	const { embed } = shape;
	return {
		index,
		job: submission
			? { submit: async () => await submit(client, uploads, submission), ...limitFor(submission) }
			: { id: evaluationId },
		...(embed.length > 0 && {
			fetchDetails: async (id, timeoutMs) => await client.get(id, { embed, timeoutMs }),
		}),
	};
}

/** Files go up within the submit. */
function limitFor({ image, references }: SubmissionPlan): { limitMs?: number } {
	const images = [image, ...references.map((reference) => reference.image)];
	const hasFiles = images.some((each) => typeof each !== 'string');
	return hasFiles ? { limitMs: SUBMIT_WITH_FILES_LIMIT_MS } : {};
}

async function submit(
	client: RunflowClient,
	uploads: Uploads,
	submission: SubmissionPlan,
): Promise<Attempt<Evaluation>> {
	const request = await uploads.requestFor(submission);
	if (!request.ok) return request;
	const attempt = await client.submit(request.value, submission.idempotencyKey);
	if (attempt.ok) return { ...attempt, value: withRequest(attempt.value, request.value) };
	if (attempt.failure.status !== 402) return attempt;
	const failure = await explainBalance(client, attempt.failure, request.value.job_class);
	return { ok: false, failure };
}

function addSummary(
	context: IExecuteFunctions,
	plans: Map<number, Plan>,
	outcomes: Map<number, Outcome>,
	durationMs: number,
): void {
	if (plans.size === 0) return;
	const judged = [...plans].flatMap(([itemIndex, { shape }]) => {
		const outcome = outcomes.get(itemIndex);
		if (outcome?.kind !== 'done') return [];
		const { evaluation } = outcome;
		return { verdict: verdictOf(evaluation, shape.criterion), cost: evaluation.cost };
	});
	const message = summarize(judged, plans.size, durationMs);
	context.addExecutionHints?.({ message, location: 'outputPane' });
}
