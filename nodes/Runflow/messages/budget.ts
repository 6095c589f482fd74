import type { Message } from './message';
import { sentences } from './sentences';
import { EARLIER } from './status';

/** Why a batch itself does not submit an image: its limit, or a price that nobody knows. */
export type Refusal = { kind: 'unknownPrice' } | OverBudget;

/** Amounts are decimal strings of credits. */
export interface OverBudget {
	kind: 'overBudget';
	rows: number;
	prices: string[];
	total: string;
	/** What the execution has cost before; absent for nothing. */
	spent?: string;
	limit: string;
	/** Whether others of the batch may have been submitted. */
	isPartial: boolean;
}

const UNKNOWN_PRICE: Message = {
	message: "The price is not known, so 'Maximum Cost' cannot be checked",
	description:
		"Runflow did not say what an evaluation of this job class costs, and without a price nothing is submitted. Try again in a few minutes, or remove 'Maximum Cost'",
};

/**
 * What a user reads when a limit keeps images from being submitted.
 * @param mayExist whether an earlier attempt for the image may have been accepted
 */
export function describeRefusal(refusal: Refusal, mayExist = false): Message {
	const { message, description } = wordsFor(refusal);
	return { message, description: sentences(description, mayExist ? EARLIER : undefined) };
}

function wordsFor(refusal: Refusal): Message {
	if (refusal.kind === 'unknownPrice') return UNKNOWN_PRICE;
	const { rows, prices, total, spent, limit, isPartial } = refusal;
	const subject = rows === 1 ? '1 evaluation costs' : `${rows} evaluations cost`;
	const each = rows === 1 ? '' : ` (${prices.join(' or ')} credits each)`;
	const before = spent === undefined ? '' : `, this execution has cost ${spent} credits before`;
	const left = spent === undefined ? 'Nothing was submitted' : 'Nothing more was submitted';
	const advice = isPartial
		? "Raise 'Maximum Cost', then choose Retry in the executions list: it goes on with what is left"
		: "Raise 'Maximum Cost', or pass in fewer items";
	return {
		message: "The evaluations would cost more than 'Maximum Cost'",
		description: `${subject} ${total} credits${each}${before}, and the limit is ${limit} credits. ${left}. ${advice}`,
	};
}
