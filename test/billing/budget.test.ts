/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setImmediate as nextTurn } from 'node:timers/promises';

import { Budget } from '../../nodes/Runflow/billing/budget';
import { Store } from '../../nodes/Runflow/billing/store';

const priced = (code: string, price: string | null) => ({
	...{ code, name: code, price, is_active: true },
});
const CLASSES = [priced('standard', '0.400000'), priced('deep', '1.5'), priced('free', null)];

function budget(limit: number, classes = CLASSES) {
	const store = new Store({ store: {}, executionId: '1', today: () => 0 });
	return { store, budget: new Budget(store, 'Runflow', limit, classes) };
}

it.each([
	['no class', undefined, '0.400000'],
	['a class', 'deep', '1.5'],
	['one without a price', 'free', undefined],
	['one that is not listed', 'other', undefined],
])('knows the price of %s', (_what, jobClass, price) => {
	expect(budget(1).budget.priceOf(jobClass)).toBe(price);
});

it('takes the highest price of a class that is listed twice, whatever the order', () => {
	const prices: Array<string | null> = ['0.9', null, '10', '2'];
	for (const order of [prices, [...prices].reverse()]) {
		const { budget: twice } = budget(
			1,
			order.map((price) => priced('standard', price)),
		);
		expect(twice.priceOf()).toBe('10');
	}
});

it('lets through what fits to the last digit, and says what does not', () => {
	const { budget: one, store } = budget(1.9);
	expect(one.check(['deep', undefined])).toBeUndefined();
	expect(one.check(['free', undefined])).toEqual({ kind: 'unknownPrice' });
	expect(one.check(Array.from({ length: 5 }, () => undefined))).toEqual({
		...{ kind: 'overBudget', rows: 5, isPartial: false, spent: undefined },
		...{ prices: [expect.stringMatching(/^0\.40*$/)], limit: expect.stringMatching(/^1\.90*$/) },
		total: expect.stringMatching(/^2(\.0*)?$/),
	});
	store.spend('Runflow', '1.600000');
	store.spend('Another', '5');
	expect(one.check([undefined], true)).toMatchObject({
		...{ kind: 'overBudget', rows: 1, isPartial: true },
		spent: expect.stringMatching(/^1\.60*$/),
	});
});

it('waits for what others under way give back, and refuses when nothing can come back', async () => {
	const { budget: one, store } = budget(0.8);
	expect(await one.reserve(undefined)).toEqual({ cost: '0.400000' });
	expect(await one.reserve(undefined)).toEqual({ cost: '0.400000' });
	const told: unknown[] = [];
	const waiting = [one.reserve(undefined), one.reserve(undefined)];
	for (const each of waiting) void each.then((reserved) => told.push(reserved));
	await nextTurn();
	expect(told).toEqual([]);
	one.release('0.400000');
	one.settle();
	await nextTurn();
	expect(told).toEqual([{ cost: '0.400000' }]);
	one.settle();
	one.settle();
	await Promise.all(waiting);
	expect(told[1]).toMatchObject({ kind: 'overBudget', isPartial: true });
	expect(Number(store.spent('Runflow'))).toBe(0.8);
	expect(await one.reserve('other')).toEqual({ kind: 'unknownPrice' });
});

describe('what Runflow bills beyond its price list', () => {
	const COST = { id: 'E-1', status_code: 'completed', cost: '1.000000' };
	it('counts once, and is the price from then on', async () => {
		const { budget: one, store } = budget(2, [priced('standard', '0')]);
		const reserved = await one.reserve(undefined);
		expect(reserved).toEqual({ cost: '0' });
		one.accepted('e-1', '0');
		one.billed(COST);
		one.billed(COST);
		expect([store.spent('Runflow'), one.priceOf()]).toEqual(['1.00', '1.000000']);
		expect(await one.reserve(undefined)).toEqual({ cost: '1.000000' });
		one.settle();
		one.settle();
		expect(await one.reserve('standard')).toMatchObject({ kind: 'overBudget' });
	});

	it.each<[string, string | null]>([
		['as much as its price', '0.4'],
		['less', '0.1'],
		['nothing', null],
	])('an evaluation that costs %s leaves what is reserved for it', (_what, cost) => {
		const { budget: one, store } = budget(2);
		one.accepted('e-1', '0.400000');
		one.billed({ id: 'e-1', status_code: 'completed', cost });
		one.billed({ id: 'e-2', status_code: 'completed', cost: '1' });
		expect([store.spent('Runflow'), one.priceOf()]).toEqual(['0', '0.400000']);
	});

	it('is kept apart by class', () => {
		const { budget: one } = budget(9);
		one.accepted('e-1', '0.400000', 'standard');
		one.billed({ id: 'e-1', status_code: 'completed', cost: '2' });
		expect([one.priceOf(), one.priceOf('deep')]).toEqual(['2', '1.5']);
	});
});
