import { Ages } from '../../nodes/Runflow/billing/ages';
import { Store } from '../../nodes/Runflow/billing/store';
import { deskOf } from './desk';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const START = 1_700_000_000_000;
const NAME = 'a name of which only 24 characters are kept';

interface Told {
	/** Moments from the start of the execution, in milliseconds. */
	atMs?: number;
	nowMs?: number;
	/** When the row was asked for: the first attempt of its key, and this one. */
	askedMs?: Array<[first: number, at: number]>;
	durationMs?: number;
	timesAgreeAt?: string;
	aheadMs?: number;
	id?: string;
	/** When the first of the executions began of which this one is a retry. */
	firstMs?: number;
}

function agesAt(told: Told) {
	const { timesAgreeAt, firstMs = 0, nowMs = SECOND, askedMs = [[0, 0]] } = told;
	const aheadMs = 'aheadMs' in told ? told.aheadMs : 7 * HOUR;
	const desk = deskOf();
	new Store({ ...desk, executionId: '0', today: () => START + firstMs }).remember('old', 'E-OLD');
	const store = new Store({ ...desk, today: () => START });
	const account = { durationsMs: [], timesAgreeAt };
	const api = { aheadMs, account: 'a' };
	const ages = new Ages({ api, store, account, today: () => START + nowMs });
	for (const [first, at] of askedMs) ages.asked(NAME, START + first, START + at);
	return { ages, account };
}

function evaluationAt({ atMs = 0, durationMs, id = 'e' }: Told) {
	const submitted_at = new Date(START + 7 * HOUR + atMs).toISOString();
	return { id, status_code: 'completed', submitted_at, eval_duration_ms: durationMs };
}

/** What is said of an evaluation that comes a second after it was asked for. */
function said(told: Told) {
	const { ages, account } = agesAt(told);
	const { isNew, afterStartMs } = ages.of(evaluationAt(told), NAME);
	return [isNew, afterStartMs, account.timesAgreeAt];
}

const KNOWN = { timesAgreeAt: 'a' };
const LATE = { nowMs: 60 * SECOND };

it.each<[string, Told, unknown[]]>([
	['new', { atMs: 500 }, [true, 500, 'a']],
	['new from the moment that it was asked for', { atMs: 0 }, [true, 0, 'a']],
	['not new a millisecond before', { atMs: -1 }, [false, undefined, undefined]],
	['not before the start', { atMs: 0, askedMs: [[1, 1]] }, [false, 0, undefined]],
	['before, where the clocks may differ', { atMs: -HOUR }, [false, undefined, undefined]],
	['before, where they agree', { atMs: -HOUR, ...KNOWN }, [false, -HOUR, 'a']],
	[
		'before, seen to agree at another account',
		{ atMs: -HOUR, timesAgreeAt: 'b' },
		[false, undefined, 'b'],
	],
	[
		'before, and it took longer than since it was asked for',
		{ atMs: -HOUR, durationMs: 3_001 },
		[false, -HOUR, undefined],
	],
	[
		'before, and it took as long as whole seconds explain',
		{ atMs: -HOUR, durationMs: 3_000 },
		[false, undefined, undefined],
	],
	[
		'new by the clock, but it took longer',
		{ atMs: 500, durationMs: 3_001 },
		[false, 500, undefined],
	],
	['as far as a time zone', { atMs: -15 * HOUR }, [false, undefined, undefined]],
	['further than any', { atMs: -15 * HOUR - 1 }, [false, -15 * HOUR - 1, undefined]],
	['as far in the future as whole seconds', { atMs: 3_000 }, [true, 3_000, 'a']],
	['in the future', { atMs: 3_001 }, [false, undefined, undefined]],
	['by a clock that nobody knows', { aheadMs: undefined }, [false, undefined, undefined]],
	['for a row that was not asked for', { askedMs: [], ...KNOWN }, [false, 0, 'a']],
])('%s', (_, told, expected) => {
	expect(said(told)).toEqual(expected);
});

describe('the clocks are seen to agree', () => {
	it.each<[string, Told, boolean]>([
		['seen a minute later, submitted soon', { ...LATE, atMs: 4_999 }, true],
		['seen a minute later, submitted late', { ...LATE, atMs: 5_000 }, false],
		['seen soon', { nowMs: 4_999, atMs: 5_000 }, true],
		['seen late', { nowMs: 5_000, atMs: 5_000 }, false],
		[
			'asked for again',
			{
				...LATE,
				askedMs: [
					[0, 0],
					[0, 9],
				],
			},
			false,
		],
		[
			'asked for again, told as a first time',
			{
				...LATE,
				askedMs: [
					[0, 0],
					[9, 9],
				],
			},
			false,
		],
		['asked for again by a retry', { ...LATE, askedMs: [[0, 9]] }, false],
	])('%s', (_, told, agree) => {
		expect(said(told)[0]).toBe(true);
		expect(said(told)[2]).toBe(agree ? 'a' : undefined);
	});
});

it('a row is as old as the earliest attempt under its key', () => {
	const askedMs: Told['askedMs'] = [
		[0, 0],
		[-60, 0],
		[-30, 0],
	];
	expect(said({ askedMs, atMs: -60 })[0]).toBe(true);
	expect(said({ askedMs, atMs: -61 })[0]).toBe(false);
});

it('counts from this execution and from the first of which it is a retry', () => {
	const told = { firstMs: -HOUR, atMs: -60, ...KNOWN };
	const age = agesAt(told).ages.of(evaluationAt(told), NAME);
	expect(age).toEqual({ isNew: false, afterStartMs: -60, afterFirstStartMs: HOUR - 60 });
});

it('what came as the answer to another row is not new', () => {
	const { ages } = agesAt({});
	const of = (id: string, name: string) => ages.of(evaluationAt({ id }), name);
	expect(of('e', NAME).isNew).toBe(true);
	expect(of('E', `${NAME.slice(0, 24)}!`).isNew).toBe(true);
	expect(of('E', `!${NAME}`)).toEqual({ isNew: false });
	expect(of('e-old', NAME)).toEqual({ isNew: false });
});

it.each<[string, Told, boolean]>([
	['before the start', { atMs: -1, ...KNOWN }, true],
	['at the start', { atMs: 0, ...KNOWN }, false],
	['before, where that is not sure', { atMs: -1 }, false],
])('a finished evaluation is older if it was submitted %s', (_, told, isOlder) => {
	const { ages } = agesAt(told);
	const evaluation = evaluationAt(told);
	ages.finished(evaluation);
	expect(ages.isOlder(evaluation)).toBe(false);
	ages.of(evaluation, NAME);
	ages.finished({ ...evaluation, id: 'E' });
	expect([
		ages.isOlder({ ...evaluation, id: 'E' }),
		ages.isOlder({ ...evaluation, id: 'x' }),
	]).toEqual([isOlder, false]);
});
