import type { ApiFailure } from '../api/attempt';
import type { RunflowClient } from '../api/client';
import { sumDecimals } from '../verdict/decimals';
import type { Clock } from '../waiting/clock';
import { runRequests } from '../waiting/runRequests';

const STANDARD = 'standard';

/**
 * Why a batch may not be submitted: it would cost more than the limit, or nobody knows what it
 * costs. Undefined when it may.
 * @param jobClasses code of the job class of each row that may be billed; undefined for the API's default
 * @param limit in credits
 */
export async function checkBudget(
	client: RunflowClient,
	jobClasses: Array<string | undefined>,
	limit: number | undefined,
	clock: Clock,
): Promise<ApiFailure | undefined> {
	if (limit === undefined || jobClasses.length === 0) return undefined;
	const known = await readPrices(client, clock);
	if (known?.kind === 'failed' && known.failure.reaction === 'stopped') return known.failure;
	const classes = known?.kind === 'done' ? known.value : [];
	const priceOf = new Map(classes.map(({ code, price }) => [code, price]));
	const prices = jobClasses.map((code) => priceOf.get(code ?? STANDARD) ?? undefined);
	const priced = prices.filter((price): price is string => price !== undefined);
	if (priced.length < prices.length) return refusal('unknownPrice');
	const total = sumDecimals(priced);
	const left = sumDecimals([limit.toFixed(6), `-${total}`]);
	if (!left.startsWith('-')) return undefined;
	const distinct = [...new Set(priced)].map((price) => sumDecimals([price]));
	const budget = {
		rows: prices.length,
		prices: distinct,
		total,
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
