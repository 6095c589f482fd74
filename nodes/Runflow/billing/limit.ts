import { REQUEST_TIMEOUT_MS } from '../api/policy';
import type { Clock } from '../waiting/clock';
import { runRequests } from '../waiting/runRequests';
import { Budget } from './budget';
import type { Row } from './rows';
import type { Store } from './store';
import type { Api, Desk, Ending, Goal } from './types';

/** Where the limit is checked. */
export interface Counter {
	desk: Desk;
	api: Pick<Api, 'jobClasses'>;
	clock: Clock;
	store: Store;
}

/**
 * The budget of a batch with a limit, or how all of it ends: what is surely billed costs too much
 * together, or nobody knows what it costs. What may be known at Runflow is counted when it is asked.
 */
export async function checkLimit(
	{ desk, api, clock, store }: Counter,
	rows: Map<number, Row>,
	{ maximumCost, rule }: Goal,
): Promise<{ budget?: Budget; ending?: Ending }> {
	if (maximumCost === undefined) return {};
	const byName = [...new Map([...rows.values()].map((row) => [row.name, row])).values()];
	const unpaid = byName.filter(({ name }) => store.acceptedUnder(name)?.isInherited !== false);
	if (unpaid.length === 0) return {};
	const prices = await readPrices(api, clock, rule.timeoutSeconds * 1_000);
	if (prices?.kind === 'failed' && prices.failure.reaction === 'stopped') {
		return { ending: { kind: 'failed', failure: prices.failure } };
	}
	const classes = prices?.kind === 'done' ? prices.value : [];
	const budget = new Budget(store, desk.nodeName, maximumCost, classes);
	const unknown = unpaid.filter(({ name }) => store.acceptedUnder(name) === undefined);
	if (unknown.some(({ submission }) => budget.priceOf(submission.facts.job_class) === undefined)) {
		return { ending: { kind: 'refused', refusal: { kind: 'unknownPrice' } } };
	}
	const certain = unknown.filter(
		({ name, facts }) => !facts.isShared && store.sentUnder(name)?.cost === undefined,
	);
	const refusal =
		certain.length > 0
			? budget.check(certain.map(({ submission }) => submission.facts.job_class))
			: undefined;
	return refusal ? { ending: { kind: 'refused', refusal } } : { budget };
}

/** Nobody is held longer than the timeout by a price list that does not come. */
async function readPrices(api: Counter['api'], clock: Clock, timeoutMs: number) {
	const request = async () => await api.jobClasses();
	const limitMs = Math.min(timeoutMs, REQUEST_TIMEOUT_MS);
	const options = { stopOnFailure: true, patienceMs: timeoutMs, limitMs };
	const outcomes = await runRequests(new Map([[0, 0]]), request, options, clock);
	return outcomes.get(0);
}
