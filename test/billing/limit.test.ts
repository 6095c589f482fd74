import type { Attempt } from '../../nodes/Runflow/api/attempt';
import { RunflowClient } from '../../nodes/Runflow/api/client';
import { STOPPED, WITHHELD } from '../../nodes/Runflow/api/failure';
import type { HttpAnswer } from '../../nodes/Runflow/api/http';
import type { JobClass } from '../../nodes/Runflow/api/types';
import { checkLimit } from '../../nodes/Runflow/billing/limit';
import type { Row } from '../../nodes/Runflow/billing/rows';
import { Store } from '../../nodes/Runflow/billing/store';
import { VirtualTime } from '../../lab/simulation/virtualTime';
import { deskOf, rowOf, submissionOf } from './desk';

const NO_ANSWER = new Promise<HttpAnswer>(() => {});
const BUSY = { status: 503, headers: {}, body: { code: 'UNAVAILABLE', message: 'Later.' } };
const CLASSES: JobClass[] = [
	{ code: 'standard', name: 'Standard', price: '0.4', is_active: true },
	{ code: 'deep', name: 'Deep', price: null, is_active: true },
	{ code: 'fine', name: 'Fine', price: '1.5', is_active: true },
];
const UNKNOWN = { ending: { kind: 'refused', refusal: { kind: 'unknownPrice' } } };
const COST = { at: 0, firstAt: 0, callbackUrl: '' };

interface Case {
	rows: Row[];
	maximumCost?: number;
	timeoutSeconds?: number;
	/** What is known of the tries before, and what an earlier execution knew. */
	before?: (store: Store) => void;
	inherited?: Row;
	prices?: () => Promise<Attempt<JobClass[]>>;
}

async function limitOf(each: Case, time = new VirtualTime()) {
	const { rows, maximumCost, timeoutSeconds = 5, before, inherited, prices } = each;
	const desk = deskOf();
	if (inherited) new Store({ ...desk, executionId: '0' }).remember(inherited.name, 'e-0');
	const store = new Store(desk);
	before?.(store);
	let reads = 0;
	const jobClasses = async () => {
		reads += 1;
		return (await prices?.()) ?? ({ ok: true, value: CLASSES } as const);
	};
	const goal = {
		...({ until: 'finished', maximumCost } as const),
		rule: { timeoutSeconds, onTimeout: 'error' } as const,
	};
	const counter = { desk, api: { jobClasses }, clock: time, store };
	const limit = await time.during(checkLimit(counter, new Map(rows.entries()), goal));
	return { ...limit, reads };
}

const A = rowOf({ question: 'a' });
const B = rowOf({ question: 'b' });
const shared = (row: Row) => ({ ...row, facts: { ...row.facts, isShared: true } });
const ofClass = (row: Row, job_class: string) => ({
	...{ ...row, submission: submissionOf({ facts: { task_type: 't', job_class } }) },
});

describe('nobody is asked for prices', () => {
	it.each<[string, Case]>([
		['without a limit', { rows: [A] }],
		[
			'where this execution had all of it accepted',
			{ rows: [A, A], maximumCost: 0, before: (store) => store.remember(A.name, 'e-1') },
		],
		['for no rows', { rows: [], maximumCost: 0 }],
	])('%s', async (_, each) => {
		expect(await limitOf(each)).toEqual({ reads: 0 });
	});
});

describe('a batch may begin', () => {
	it.each<[string, Case]>([
		['that costs just the limit', { rows: [A], maximumCost: 0.4 }],
		['whose rows are one evaluation', { rows: [A, A], maximumCost: 0.4 }],
		['that an earlier execution had accepted', { rows: [A], maximumCost: 0, inherited: A }],
		[
			'that an earlier execution had accepted, of an unknown price',
			{ rows: [ofClass(A, 'deep')], maximumCost: 0, inherited: A },
		],
		['that Runflow may know already', { rows: [shared(A)], maximumCost: 0 }],
		[
			'that Runflow may know already, with the limit used up',
			{
				...{ rows: [shared(A)], maximumCost: 0.4 },
				before: (store) => store.spend('Runflow', '0.8'),
			},
		],
		[
			'whose cost is reserved already',
			{
				...{ rows: [A], maximumCost: 0 },
				before: (store) => store.rememberSent(A.name, { ...COST, cost: '0.4' }),
			},
		],
	])('%s', async (_, each) => {
		const { budget, ending, reads } = await limitOf(each);
		expect({ ending, reads }).toEqual({ ending: undefined, reads: 1 });
		expect(budget?.priceOf()).toBe('0.4');
	});

	it('with what the node has spent before, and its own limit', async () => {
		const before = (store: Store) => store.spend('Runflow', '0.8');
		const { budget } = await limitOf({ rows: [A], maximumCost: 1.2, before });
		expect(budget?.check([undefined])).toBeUndefined();
		expect(budget?.check([undefined, undefined])).toMatchObject({ spent: '0.80', limit: '1.20' });
	});
});

describe('a batch is refused', () => {
	it.each<[string, Case, number]>([
		['that costs more', { rows: [A], maximumCost: 0.39 }, 1],
		['whose class costs more', { rows: [ofClass(A, 'fine')], maximumCost: 1.49 }, 1],
		['that costs more together', { rows: [A, B, B], maximumCost: 0.4 }, 2],
		['but for what Runflow may know', { rows: [A, shared(B)], maximumCost: 0.39 }, 1],
		[
			'that was sent before the limit was set',
			{
				...{ rows: [A], maximumCost: 0.39 },
				before: (store) => store.rememberSent(A.name, COST),
			},
			1,
		],
	])('%s', async (_, each, rows) => {
		const { ending, budget } = await limitOf(each);
		const refusal = { kind: 'overBudget', rows, isPartial: false };
		expect({ ending, budget }).toMatchObject({ ending: { kind: 'refused', refusal } });
	});

	it.each<[string, Case]>([
		['of a row', { rows: [A, ofClass(B, 'deep')], maximumCost: 9 }],
		['of what Runflow may know', { rows: [shared(ofClass(A, 'other'))], maximumCost: 9 }],
		['of anything', { rows: [A], maximumCost: 9, prices: async () => WITHHELD }],
	])('where nobody knows the price %s', async (_, each) => {
		expect(await limitOf(each)).toEqual({ ...UNKNOWN, reads: 1 });
	});
});

it('ends as stopped when it is stopped', async () => {
	const prices = async () => ({ ok: false, failure: STOPPED }) as const;
	const ending = { kind: 'failed', failure: STOPPED };
	expect(await limitOf({ rows: [A], maximumCost: 9, prices })).toEqual({ ending, reads: 1 });
});

it('waits for prices almost as long as the timeout', async () => {
	const time = new VirtualTime();
	const prices = async () => {
		await time.sleep(4_900);
		return { ok: true, value: CLASSES } as const;
	};
	const { budget } = await limitOf({ rows: [A], maximumCost: 1, prices }, time);
	expect(budget?.priceOf()).toBe('0.4');
});

it('asks again where a price list has not come within the time of one request', async () => {
	const time = new VirtualTime();
	let isFirst = true;
	const prices = async () => {
		if (isFirst) await new Promise(() => (isFirst = false));
		return { ok: true, value: CLASSES } as const;
	};
	const { budget, reads } = await limitOf(
		{ rows: [A], maximumCost: 1, timeoutSeconds: 600, prices },
		time,
	);
	expect([budget?.priceOf(), reads]).toEqual(['0.4', 2]);
	expect(time.elapsed()).toBeLessThan(60_000);
});

it.each([
	['that never comes', async () => await NO_ANSWER],
	['that is refused again and again', async () => BUSY],
])('a price list %s holds nobody longer than the timeout, and nothing is sent', async (_, send) => {
	const time = new VirtualTime();
	const api = new RunflowClient({ send, isStopped: () => false }, 'https://api.runflow.io', 'key');
	const prices = async () => await api.jobClasses();
	const limit = await limitOf({ rows: [A], maximumCost: 1, prices }, time);
	expect(limit).toMatchObject(UNKNOWN);
	expect(time.elapsed()).toBeLessThanOrEqual(5_100);
});
