import type { ApiFailure } from '../api/attempt';
import type { Message } from './message';

export const UNKNOWN_PRICE: Message = {
	message: "The price is not known, so 'Maximum Cost' cannot be checked",
	description:
		"Runflow did not say what an evaluation of this job class costs. Nothing was submitted. Try again in a few minutes, or remove 'Maximum Cost'",
};

const ADVICE = "Raise 'Maximum Cost', or pass in fewer items";

/** What a batch would cost, and what it may. */
export function overBudgetMessage({ budget }: ApiFailure): Message {
	const { rows = 0, prices = [], total = '', spent, limit = '' } = budget ?? {};
	const subject = rows === 1 ? '1 evaluation costs' : `${rows} evaluations cost`;
	const each = rows === 1 ? '' : ` (${prices.join(' or ')} credits each)`;
	const cost = `${subject} ${total} credits${each}`;
	return {
		message: "The evaluations would cost more than 'Maximum Cost'",
		description:
			spent === undefined
				? `${cost}, and the limit is ${limit} credits. Nothing was submitted. ${ADVICE}`
				: `${cost}, this execution has cost ${spent} credits before, and the limit is ${limit} credits. Nothing more was submitted. ${ADVICE}`,
	};
}
