import { unrelatedFailure } from '../api/failure';
import { SUBMIT_WITH_FILES_LIMIT_MS } from '../api/policy';
import type { ApiFailure } from '../api/attempt';
import type { Submission } from '../parameters/submission';
import type { BatchItem, Look, Outcome } from '../waiting/batch';
import type { Clock } from '../waiting/clock';
import { isFinished } from '../waiting/rules';
import { runBatch } from '../waiting/scheduler';
import { AcceptedLog } from './acceptedLog';
import { Asking } from './asking';
import { idOf, isGivenUp, withWhatIsKnown } from './endings';
import { checkLimit } from './limit';
import { makeRows } from './rows';
import type { Row } from './rows';
import { Store } from './store';
import { settleTool } from './toolAttempts';
import type { Api, Desk, Ending, Evaluated, Goal, Plan } from './types';

/** Submits and waits as planned. Whatever goes wrong is part of the outcomes. */
export async function evaluate(
	rooms: Rooms,
	plans: Map<number, Plan>,
	goal: Goal,
): Promise<Evaluated> {
	const { desk, api, clock } = rooms;
	const store = new Store(desk);
	const log = new AcceptedLog(desk);
	const made = await makeRows(desk, store, submissionsOf(plans));
	const { rows, failures } = made;
	const unreadable = desk.continues ? undefined : [...failures.values()][0];
	const limit = unreadable ? {} : await checkLimit({ ...rooms, store }, rows, goal);
	const { budget } = limit;
	const isStopped = () => clock.stopped();
	const { account, today } = desk;
	const asking = new Asking({ api, store, log, budget, account, today, isStopped });
	const endsAll = unreadable ? failedBy(unreadable) : limit.ending;
	const outcomes = endsAll
		? new Map([...plans.keys()].map((index): [number, Ending] => [index, endsAll]))
		: await runRows(rooms, plans, goal, { rows, failures, asking });
	withWhatIsKnown(outcomes, rows, asking);
	withoutDisputed(outcomes, asking);
	log.flush();
	log.givenUp(
		[...outcomes]
			.filter(([, each]) => isGivenUp(each) && idOf(each) !== undefined)
			.map(([itemIndex, each]) => `${idOf(each)} (item ${itemIndex})`),
	);
	settleTool(desk, store, made, outcomes);
	return { outcomes, wasThere: (index) => wasThere(asking, rows.get(index), outcomes.get(index)) };
}

/** Who asks, whom, and by whose time. */
interface Rooms {
	desk: Desk;
	api: Api;
	clock: Clock;
}

interface Made {
	rows: Map<number, Row>;
	failures: Map<number, ApiFailure>;
	asking: Asking;
}

async function runRows(
	{ desk, api, clock }: Rooms,
	plans: Map<number, Plan>,
	{ until, rule }: Goal,
	{ rows, failures, asking }: Made,
): Promise<Map<number, Ending>> {
	const { claims } = asking;
	const look: Look = async (id, timeoutMs) => {
		const attempt = claims.check(await api.get(id, { timeoutMs }));
		if (attempt.ok && isFinished(attempt.value)) asking.finished(attempt.value);
		return attempt;
	};
	const items = [...plans]
		.filter(([index]) => !failures.has(index))
		.map(([index, plan]): BatchItem => {
			const { embed } = plan.shape;
			const fetchDetails: Look = async (id, timeoutMs) =>
				claims.check(await api.get(id, { embed, timeoutMs }));
			const job = jobFor(plan, rows.get(index), asking);
			return { index, job, ...(embed.length > 0 && { fetchDetails }) };
		});
	const timeoutMs = rule.timeoutSeconds * 1_000;
	const options = { until, timeoutMs, stopOnFailure: !desk.continues, memory: desk.account };
	const outcomes: Map<number, Ending> = await runBatch(items, look, options, clock);
	for (const [index, failure] of failures) outcomes.set(index, failedBy(failure));
	return outcomes;
}

/** Files go up within the submit. */
function jobFor(plan: Plan, row: Row | undefined, asking: Asking): BatchItem['job'] {
	if (row === undefined) return { id: 'evaluationId' in plan ? plan.evaluationId : '' };
	const submit = async () => await asking.submit(row);
	return row.digests.size > 0 ? { submit, limitMs: SUBMIT_WITH_FILES_LIMIT_MS } : { submit };
}

function failedBy(failure: ApiFailure): Outcome {
	return { kind: 'failed', failure };
}

function submissionsOf(plans: Map<number, Plan>): Map<number, Submission> {
	const all = [...plans].flatMap(([index, plan]) =>
		'submission' in plan ? [[index, plan.submission] as const] : [],
	);
	return new Map(all);
}

/** Where two questions were answered with one evaluation, neither has its verdict. */
function withoutDisputed(outcomes: Map<number, Ending>, { claims }: Asking): void {
	for (const [itemIndex, outcome] of outcomes) {
		const id = idOf(outcome);
		if (id === undefined || !claims.isDisputed(id)) continue;
		outcomes.set(itemIndex, { kind: 'failed', failure: unrelatedFailure(id, 'rejected'), id });
	}
}

function wasThere(asking: Asking, row: Row | undefined, outcome: Ending | undefined): boolean {
	if (row === undefined || outcome?.kind !== 'done') return false;
	const state = asking.stateOf(row);
	if (state.kind === 'accepted' && state.wasThere) return true;
	return row.facts.mayBeOlder && asking.ages.isOlder(outcome.evaluation);
}
