import type { IDataObject } from 'n8n-workflow';

import type { Balance } from '../api/types';
import { connect } from '../connect';
import { inInputOrder, refuseAll } from '../items/items';
import { forEachItem } from '../items/runEach';
import { minimumBalance, balanceOptions } from '../parameters/minimumBalance';
import { isProblem } from '../parameters/check';
import type { Operation } from './operation';

/** The first input item stands for all: one account, one balance. */
const FIRST = 0;

export const getBalance: Operation = {
	option: {
		name: 'Get Balance',
		value: 'getBalance',
		action: 'Get balance of the account',
		description: 'Read how many credits are left, and whether they are running low',
	},
	fields: [balanceOptions],
	async execute(desk, context) {
		const minimum = minimumBalance.read(desk.batch);
		if (isProblem(minimum)) return refuseAll(desk, minimum);
		const client = await connect(context, desk.signal);
		const plans = new Map([[FIRST, null]]);
		const { items, problems } = await forEachItem(
			desk,
			{ plans, problems: [] },
			{
				request: async () => await client.balance(),
				toItems: (balance) => [{ json: toJson(balance, minimum), pairedItem: { item: FIRST } }],
			},
		);
		const pairedItem = desk.rows.map((_, item) => ({ item }));
		return [inInputOrder(desk, items, problems).map((item) => ({ ...item, pairedItem }))];
	},
};

/** `isLow` by the account's own threshold or the given minimum, whichever is higher. */
function toJson({ balance, currency, ...own }: Balance, minimum: number | undefined): IDataObject {
	const threshold =
		own.lowBalanceThreshold === undefined ? undefined : Number(own.lowBalanceThreshold);
	const left = Number(balance);
	const isBelow = (bound: number | undefined) => bound !== undefined && left < bound;
	return {
		balance: left,
		currency,
		lowBalanceThreshold: threshold ?? null,
		isLow: left <= 0 || isBelow(threshold) || isBelow(minimum),
	};
}
