import type { IExecuteFunctions } from 'n8n-workflow';

import type { RunflowClient } from '../api/client';
import { unrelatedFailure } from '../api/failure';
import type { Submission } from '../parameters/submission';
import type { Shape } from '../verdict/shape';
import type { BatchOptions, Outcome } from '../waiting/batch';
import { systemClock } from '../waiting/clock';
import { runBatch } from '../waiting/scheduler';
import { AcceptedLog } from './acceptedLog';
import { checkBudget } from './budget';
import { accountOf } from './accounts';
import { batchItem, lookWith } from './gateway';
import { ExecutionMemory } from './memory';
import { idOf, isGivenUp } from './results';
import type { TimeoutRule } from '../parameters/timeout';
import { isContinuing } from './problem';
import { makeRows } from './rows';
import type { Row, Rows } from './rows';
import { nameOf, Submitter } from './submitter';
import { settleTool } from './toolAttempts';
import { Uploads } from './uploads';

/** One item's evaluation: to be submitted, or existing already; and how it is to look. */
export interface Plan {
	submission?: Submission;
	evaluationId?: string;
	shape: Shape;
}

/** What is to become of a batch. */
export interface Goal {
	until: BatchOptions['until'];
	rule: TimeoutRule;
	/** In credits, for all runs of the node in this execution; checked before the first submit. */
	maximumCost?: number;
	/** Whether the node has three outputs. */
	isSplit?: boolean;
}

/** How a batch ended. */
export interface Evaluated {
	/** By item index. */
	outcomes: Map<number, Outcome>;
	/** Whether an item's evaluation was there before this execution and was not billed again. */
	wasThere: (itemIndex: number) => boolean;
}

/** Submits and waits as planned. Whatever goes wrong is part of the outcomes. */
export async function evaluate(
	context: IExecuteFunctions,
	client: RunflowClient,
	plans: Map<number, Plan>,
	goal: Goal,
): Promise<Evaluated> {
	const memory = new ExecutionMemory(context);
	const log = new AcceptedLog(context.logger);
	const isRetried = context.getMode() === 'retry';
	const uploads = new Uploads(client, memory);
	const submitter = new Submitter(client, uploads, memory, log, isRetried);
	const made = await makeRows(context, memory, submissionsOf(plans));
	const outcomes = await run(context, client, plans, goal, made, submitter, memory);
	withKnownIds(outcomes, made, submitter);
	withoutDisputed(outcomes, submitter);
	log.flush();
	log.givenUp([...outcomes.values()].filter(isGivenUp).flatMap((each) => idOf(each) ?? []));
	settleTool(context, memory, made, submitter, outcomes);
	return { outcomes, wasThere: (index) => wasThere(submitter, index, outcomes.get(index)) };
}

async function run(
	context: IExecuteFunctions,
	client: RunflowClient,
	plans: Map<number, Plan>,
	{ until, rule, maximumCost }: Goal,
	{ rows, failures }: Rows,
	submitter: Submitter,
	memory: ExecutionMemory,
): Promise<Map<number, Outcome>> {
	const clock = systemClock(context.getExecutionCancelSignal?.());
	const stopOnFailure = !isContinuing(context);
	const unreadable = stopOnFailure ? [...failures.values()][0] : undefined;
	const toPay = unreadable ? [] : billable(rows, submitter);
	const limit = { maximumCost, nodeName: context.getNode().name, memory };
	const budget = await checkBudget(client, toPay, limit, clock);
	const refusal = unreadable ?? budget.refusal;
	if (refusal !== undefined) {
		return new Map([...plans.keys()].map((index) => [index, { kind: 'failed', failure: refusal }]));
	}
	const runnable = [...plans].filter(([index]) => !failures.has(index));
	const items = runnable.map(([index, plan]) =>
		batchItem(index, plan, rows.get(index), client, submitter),
	);
	const timeoutMs = rule.timeoutSeconds * 1_000;
	const options = { until, timeoutMs, stopOnFailure, memory: accountOf(context) };
	const outcomes = await runBatch(items, lookWith(client, submitter.claims), options, clock);
	budget.settle(toPay.filter((row) => submitter.isPaid(row)));
	for (const [index, failure] of failures) outcomes.set(index, { kind: 'failed', failure });
	return outcomes;
}

/** The rows that this execution does not know to be accepted; of those that share a key, one. */
function billable(rows: Map<number, Row>, submitter: Submitter): Row[] {
	const unknown = [...rows.values()].filter((row) => submitter.knownId(row) === undefined);
	return [...new Map(unknown.map((row) => [nameOf(row), row])).values()];
}

function submissionsOf(plans: Map<number, Plan>): Map<number, Submission> {
	const submissions = new Map<number, Submission>();
	for (const [itemIndex, { submission }] of plans) {
		if (submission !== undefined) submissions.set(itemIndex, submission);
	}
	return submissions;
}

/**
 * What an earlier try is known to have had accepted exists, however early this one ended: it is
 * neither unsubmitted nor left to be paid for.
 */
function withKnownIds(outcomes: Map<number, Outcome>, { rows }: Rows, submitter: Submitter): void {
	for (const [itemIndex, row] of rows) {
		const outcome = outcomes.get(itemIndex);
		const id = submitter.knownId(row);
		if (id === undefined) continue;
		if (outcome?.kind === 'failed') outcomes.set(itemIndex, { ...outcome, id: outcome.id ?? id });
		if (outcome?.kind === 'notSubmitted') {
			outcomes.set(itemIndex, { kind: 'notAwaited', failure: outcome.failure, id });
		}
	}
}

/** Where two questions were answered with one evaluation, neither has its verdict. */
function withoutDisputed(outcomes: Map<number, Outcome>, submitter: Submitter): void {
	for (const [itemIndex, outcome] of outcomes) {
		const id = idOf(outcome);
		if (id === undefined || !submitter.claims.isDisputed(id)) continue;
		const failure = unrelatedFailure(id, 'rejected');
		outcomes.set(itemIndex, { kind: 'failed', failure, id });
	}
}

function wasThere(submitter: Submitter, itemIndex: number, outcome: Outcome | undefined): boolean {
	if (submitter.found.has(itemIndex)) return true;
	return outcome?.kind === 'done' && submitter.isFromBefore(itemIndex, outcome.evaluation);
}
