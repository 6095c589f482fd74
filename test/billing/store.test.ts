import type { IDataObject } from 'n8n-workflow';

import { Store, storedKey } from '../../nodes/Runflow/billing/store';
import type { Told } from '../../nodes/Runflow/billing/store';

const SHORT = '0123456789abcdef01234567';
const LONG = `${SHORT}89abcdef`;

/** What stands in the node's store, and a store over it at a moment of an execution. */
function over(store: IDataObject, executionId = '1', now = 10) {
	return new Store({ store, executionId, today: () => now });
}
const runflow = (content: IDataObject): IDataObject => ({ runflow: content });

it('keys are stored shortened to 24 digits', () => {
	expect(storedKey(LONG)).toBe(SHORT);
	const store: IDataObject = {};
	over(store).remember(LONG, 'E-1');
	expect(store).toEqual({
		runflow: {
			...{ writtenBy: '1', startedAt: 10, firstStartedAt: 10 },
			...{ accepted: { [SHORT]: 'E-1' }, inherited: {}, sent: {}, uploads: {} },
		},
	});
});

describe('an execution and its retries', () => {
	it('knows what its own tries accepted, when it began, and that it goes on', () => {
		const store: IDataObject = {};
		const first = over(store);
		first.remember(LONG, 'e-1');
		const next = over(store, '1', 20);
		expect([first.isContinued, next.isContinued]).toEqual([false, true]);
		expect(next.acceptedUnder(LONG)).toEqual({ id: 'e-1', isInherited: false });
		expect([next.startedAt, next.firstStartedAt]).toEqual([10, 10]);
	});

	it('inherits what an earlier execution accepted, and begins anew', () => {
		const store: IDataObject = {};
		over(store).remember(LONG, 'e-1');
		over(store, '2', 20).remember('b', 'e-2');
		const third = over(store, '3', 30);
		expect(third.acceptedUnder(LONG)).toEqual({ id: 'e-1', isInherited: true });
		expect(third.acceptedUnder('b')).toEqual({ id: 'e-2', isInherited: true });
		expect([third.startedAt, third.firstStartedAt]).toEqual([30, 10]);
		third.remember(LONG, 'e-3');
		expect(third.acceptedUnder(LONG)).toEqual({ id: 'e-3', isInherited: false });
		expect(third.acceptedUnder('c')).toBeUndefined();
	});

	it('takes what nobody can have written for its own', () => {
		const store = runflow({ writtenBy: 7, accepted: { a: 'e-1' }, startedAt: 'x' });
		const own = over(store);
		expect(own.acceptedUnder('a')).toEqual({ id: 'e-1', isInherited: false });
		expect(own.startedAt).toBe(10);
		expect(over({ runflow: 'broken' }).isContinued).toBe(false);
		expect(over(runflow({ accepted: [], sent: null })).acceptedUnder('a')).toBeUndefined();
	});

	it('has one seed', () => {
		const store: IDataObject = {};
		const seed = over(store).seed();
		expect(seed).toMatch(/^[0-9a-f-]{36}$/);
		expect([over(store).seed(), over(store, '2').seed()]).toEqual([seed, seed]);
		expect(over({}).seed()).not.toBe(seed);
		expect(over(runflow({ seed: 7 })).seed()).toMatch(/^[0-9a-f-]{36}$/);
	});

	it('shares the attempts under way', () => {
		const store: IDataObject = {};
		const attempt = new Promise<Told>(() => {});
		over(store).underWay.set('a', attempt);
		expect(over(store, '2').underWay.get('a')).toBe(attempt);
		expect(over({}).underWay.size).toBe(0);
	});
});

it('tells under which keys an evaluation was accepted, now or before', () => {
	const store: IDataObject = {};
	over(store).remember('a', 'E-1');
	const next = over(store, '2');
	next.remember('b', 'e-1');
	next.remember('c', 'e-2');
	expect(next.keysById()).toEqual(
		new Map([
			['e-1', new Set(['a', 'b'])],
			['e-2', new Set(['c'])],
		]),
	);
});

describe('what was sent and has no final answer', () => {
	const SENT = { at: 5, firstAt: 4, callbackUrl: 'https://n8n.example.com', cost: '0.4' };

	it('is found as it was, until it has one', () => {
		const store: IDataObject = {};
		const mine = { ...SENT };
		over(store).rememberSent(LONG, mine);
		mine.at = 6;
		expect(over(store).sentUnder(LONG)).toEqual(SENT);
		expect(over(store).sentUnder('other')).toBeUndefined();
		over(store).forgetSent(LONG);
		expect(over(store).sentUnder(LONG)).toBeUndefined();
	});

	it('is in progress no more after a while', () => {
		const store = over({});
		store.rememberSent(LONG, SENT);
		store.sentLongAgo(LONG);
		store.sentLongAgo('other');
		expect(store.sentUnder(LONG)).toEqual({ ...SENT, at: 0 });
		expect(store.sentUnder('other')).toBeUndefined();
	});

	it.each([
		[
			'without its first moment',
			{ at: 5, callbackUrl: '' },
			{ at: 5, firstAt: 3, callbackUrl: '' },
		],
		['without a moment', { firstAt: 4, callbackUrl: '' }, undefined],
		['that is no object', 'broken', undefined],
	])('is read with care: %s', (_, a, sent) => {
		const store = over(runflow({ firstStartedAt: 3, sent: { a } }));
		expect(store.sentUnder('a')).toEqual(sent);
	});
});

it('remembers how often a key was asked as own', () => {
	const store: IDataObject = {};
	expect(over(store).ownTry(LONG)).toBeUndefined();
	over(store).rememberOwnTry(LONG, 0);
	expect(over(store).ownTry(LONG)).toBe(0);
	expect(store).toMatchObject(runflow({ ownTries: { [SHORT]: 0 } }));
	expect(over(runflow({ ownTries: { a: '1' } })).ownTry('a')).toBeUndefined();
});

it('remembers where a file is', () => {
	const store: IDataObject = {};
	over(store).rememberUpload(LONG, 'runflow://1');
	expect([over(store).uploaded(LONG), over(store).uploaded('b')]).toEqual([
		'runflow://1',
		undefined,
	]);
});

it('adds up what each node has spent', () => {
	const store: IDataObject = {};
	expect(over(store).spent('Runflow')).toBe('0');
	over(store).spend('Runflow', '0.4');
	over(store).spend('Runflow', '1.5');
	over(store).spend('Runflow', '-0.4');
	expect([over(store).spent('Runflow'), over(store).spent('Other')]).toEqual(['1.50', '0']);
});

it('keeps one count of what was asked, and begins a new one where it cannot be read', () => {
	const store: IDataObject = {};
	const asked = over(store).asked();
	asked.place = { a: 1 };
	expect(over(store).asked()).toBe(asked);
	expect(asked).toEqual({ place: { a: 1 } });
	for (const broken of ['x', { place: { a: 1 }, other: 1 }, [{}]]) {
		expect(over(runflow({ asked: broken })).asked()).toEqual({});
	}
});

it('counts the tries that n8n makes by itself, each time from the start', () => {
	const store: IDataObject = {};
	const tries = [1, 2, 3, 4, 5, 6].map(() => over(store).isLastTry(3));
	expect(tries).toEqual([false, false, true, false, false, true]);
	expect([over({}).isLastTry(1), over({}).isLastTry(2)]).toEqual([true, false]);
	expect(over(runflow({ tries: '1' })).isLastTry(2)).toBe(false);
	expect(over(runflow({ tries: 7 })).isLastTry(3)).toBe(true);
});
