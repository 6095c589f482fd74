import type { ApiFailure } from '../api/attempt';
import type { RunflowClient } from '../api/client';
import type { JobClass } from '../api/types';
import { sumDecimals } from '../verdict/decimals';
import type { Clock } from '../waiting/clock';
import { runRequests } from '../waiting/runRequests';
import type { ExecutionMemory } from './memory';
import type { Row } from './rows';

const STANDARD = 'standard';

/** What a node may cost in one execution. */
export interface Limit {
	/** In credits; undefined when there is none. */
	maximumCost: number | undefined;
	nodeName: string;
	/** Knows what the node has spent. */
	memory: ExecutionMemory;
}

/** Whether a batch may be submitted. */
export interface Budget {
	/** Why it may not be: it would cost more than the limit, or nobody knows what it costs. */
	refusal?: ApiFailure;
	/** Takes down what these rows have cost. */
	settle: (rows: Row[]) => void;
}

/** @param rows those that may be billed */
export async function checkBudget(
	client: RunflowClient,
	rows: Row[],
	{ maximumCost, nodeName, memory }: Limit,
	clock: Clock,
): Promise<Budget> {
	const settle = () => {};
	if (maximumCost === undefined || rows.length === 0) return { settle };
	const known = await readPrices(client, clock);
	if (known?.kind === 'failed' && known.failure.reaction === 'stopped') {
		return { settle, refusal: known.failure };
	}
	const classes = known?.kind === 'done' ? known.value : [];
	const priceOf = pricesByClass(classes);
	const pricesOf = (some: Row[]) =>
		some.flatMap(({ submission }) => priceOf.get(submission.facts.job_class ?? STANDARD) ?? []);
	const prices = pricesOf(rows);
	if (prices.length < rows.length) return { settle, refusal: refusal('unknownPrice') };
	return {
		refusal: overBudget(prices, memory.spent(nodeName), maximumCost),
		settle: (some) => memory.spend(nodeName, sumDecimals(pricesOf(some))),
	};
}

/** Of a class that is listed more than once, the highest price. */
function pricesByClass(classes: JobClass[]): Map<string, string | null> {
	const prices = new Map<string, string | null>();
	for (const { code, price } of classes) {
		const known = prices.get(code) ?? null;
		if (known === null || Number(price) > Number(known)) prices.set(code, price ?? known);
	}
	return prices;
}

function overBudget(prices: string[], spent: string, limit: number): ApiFailure | undefined {
	const total = sumDecimals(prices);
	const left = sumDecimals([limit.toFixed(6), `-${total}`, `-${spent}`]);
	if (!left.startsWith('-')) return undefined;
	const budget = {
		rows: prices.length,
		prices: [...new Set(prices)].map((price) => sumDecimals([price])),
		total,
		spent: Number(spent) > 0 ? spent : undefined,
		limit: sumDecimals([limit.toFixed(6)]),
	};
	return { ...refusal('overBudget'), budget };
}

async function readPrices(client: RunflowClient, clock: Clock) {
	const request = async () => await client.jobClasses();
	const outcomes = await runRequests(new Map([[0, 0]]), request, { stopOnFailure: true }, clock);
	return outcomes.get(0);
}

function refusal(kind: 'overBudget' | 'unknownPrice'): ApiFailure {
	return { kind, reaction: 'rejected', purpose: { subject: 'Evaluations' } };
}
