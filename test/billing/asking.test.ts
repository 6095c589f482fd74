import type { Attempt } from '../../nodes/Runflow/api/attempt';
import { STOPPED, WITHHELD } from '../../nodes/Runflow/api/failure';
import type { Evaluation } from '../../nodes/Runflow/api/types';
import { FIRST_TRY } from '../../nodes/Runflow/billing/row';
import type { Row } from '../../nodes/Runflow/billing/rows';
import type { Store } from '../../nodes/Runflow/billing/store';
import { submissionOf } from './desk';
import {
	ACCEPTED,
	CALLBACK,
	CALLED,
	LOST,
	NOW,
	PENDING,
	POOR,
	ROW,
	SENT,
	no,
	officeOf,
} from './office';
import type { Setting } from './office';

describe('how far a row is', () => {
	it.each<[string, (store: Store) => void, unknown, boolean]>([
		['to be asked', () => {}, { kind: 'asking', under: FIRST_TRY, conflicts: 0 }, false],
		[
			'to be asked as own',
			(store) => store.rememberOwnTry(ROW.name, 2),
			{ kind: 'asking', under: { anew: 2, asOwn: true, left: 0 }, conflicts: 0 },
			false,
		],
		[
			'accepted before',
			(store) => store.remember(ROW.name, 'e-1'),
			{ kind: 'known', under: FIRST_TRY, id: 'e-1', isInherited: false, misses: 0 },
			false,
		],
		[
			'lost before',
			(store) => store.rememberSent(ROW.name, SENT),
			{ kind: 'lost', under: FIRST_TRY, conflicts: 0, lostAt: 7 },
			true,
		],
	])('%s', (_, before, state, mayExist) => {
		const { asking } = officeOf({ before });
		expect(asking.stateOf(ROW)).toEqual(state);
		expect(asking.mayExist(ROW)).toBe(mayExist);
	});

	it.each<[string, Partial<Setting>, boolean]>([
		['named by a refusal', {}, false],
		[
			'named by a refusal after an attempt was lost',
			{ before: (store) => store.rememberSent(ROW.name, SENT) },
			true,
		],
	])('%s', async (_, setting, mayExist) => {
		const answers = [no({ status: 409, namedId: 'e-9' })];
		const { asking, reads } = officeOf({ answers, ...setting });
		await asking.submit(ROW);
		expect(reads).toEqual(['e-9']);
		expect(asking.stateOf(ROW).kind).toBe('named');
		expect(asking.mayExist(ROW)).toBe(mayExist);
	});
});

describe('a submit', () => {
	it('is written down before, and what was accepted after it', async () => {
		const { asking, store, submits } = officeOf({ limit: 1 });
		const value = { ...PENDING, generated_image_url: ROW.submission.image, task_type: 't' };
		expect(await asking.submit(ROW)).toEqual({ ok: true, value: { ...value, client_ref: 'r' } });
		const body = { generated_image_url: ROW.submission.image, ...ROW.submission.facts };
		const sent = { at: NOW, firstAt: NOW, callbackUrl: '', cost: '0.4' };
		expect(submits).toEqual([{ body, key: ROW.name, sent }]);
		expect(submits[0]?.body).not.toHaveProperty('callback_url');
		expect(store.sentUnder(ROW.name)).toBeUndefined();
		expect(store.acceptedUnder(ROW.name)).toEqual({ id: 'e-1', isInherited: false });
		expect(asking.stateOf(ROW).kind).toBe('accepted');
		expect(store.underWay.size).toBe(0);
	});

	it('says where to call back, and after a loss says it again and reserves nothing again', async () => {
		const first = officeOf({ answers: [], limit: 1 });
		await first.asking.submit(CALLED);
		expect(first.submits[0]?.body.callback_url).toBe(CALLBACK);
		const before = (store: Store) => store.rememberSent(CALLED.name, SENT);
		const next = officeOf({ answers: [], limit: 0, before });
		expect(await next.asking.submit(CALLED)).toEqual(LOST);
		expect(next.submits[0]?.body.callback_url).toBe(SENT.callbackUrl);
		expect(next.submits[0]?.sent).toEqual({ ...SENT, at: NOW });
		expect(next.spent()).toBe(0);
		expect(await next.budget?.reserve(undefined)).toMatchObject({ kind: 'overBudget' });
		const without = (store: Store) => store.rememberSent(CALLED.name, { ...SENT, callbackUrl: '' });
		const last = officeOf({ answers: [], before: without });
		await last.asking.submit(CALLED);
		expect(last.submits[0]?.body).not.toHaveProperty('callback_url');
	});

	it('of rows that share a key is one, and each has the evaluation', async () => {
		const other: Row = { ...ROW, itemIndex: 1, question: 'other' };
		const { asking, submits } = officeOf();
		const [one, two] = await Promise.all([asking.submit(ROW), asking.submit(other)]);
		expect(two).toBe(one);
		expect(submits.length).toBe(1);
		expect(asking.claims.isDisputed('e-1')).toBe(true);
	});

	it('is not made where a file cannot go up', async () => {
		const image = {
			...{ fileName: 'a.png', mimeType: 'image/png', bytes: 1 },
			open: async () => await Promise.resolve(Buffer.from('1')),
		};
		const { asking, submits, spent } = officeOf({ limit: 1 });
		expect(await asking.submit({ ...ROW, submission: submissionOf({ image }) })).toBe(WITHHELD);
		expect([submits, spent()]).toEqual([[], 0]);
	});
});

describe('the limit', () => {
	it('refuses what does not fit, and tells why', async () => {
		const { asking, submits } = officeOf({ limit: 0.3 });
		expect(asking.refusalOf(ROW)).toBeUndefined();
		expect(await asking.submit(ROW)).toBe(WITHHELD);
		expect(submits).toEqual([]);
		expect(asking.refusalOf(ROW)).toMatchObject({ kind: 'overBudget', isPartial: true });
	});

	it.each<[string, Attempt<Evaluation>, number]>([
		['accepted', ACCEPTED, 0.4],
		['lost', LOST, 0.4],
		['refused', no({}), 0],
	])('keeps or gives back what was %s, and lets the next go on', async (_, answer, credits) => {
		const { asking, spent, store, budget } = officeOf({ answers: [answer], limit: 0.4 });
		const submit = asking.submit(ROW);
		await asking.submit(ROW);
		await submit;
		expect(spent()).toBe(credits);
		expect(store.sentUnder(ROW.name)?.cost).toBe(answer === LOST ? '0.4' : undefined);
		const next = await budget?.reserve(undefined);
		expect(next).toMatchObject(credits === 0 ? { cost: '0.4' } : { kind: 'overBudget' });
	});

	it('is given back by a Stop before the request, but not for what was sent', async () => {
		const stopped = officeOf({ limit: 1, isStopped: true });
		expect(await stopped.asking.submit(ROW)).toEqual({ ok: false, failure: STOPPED });
		expect([stopped.submits, stopped.spent()]).toEqual([[], 0]);
		const before = (store: Store) => {
			store.rememberSent(ROW.name, SENT);
			store.spend('Runflow', '0.4');
		};
		const sent = officeOf({ limit: 1, isStopped: true, before });
		await sent.asking.submit(ROW);
		expect(sent.spent()).toBe(0.4);
	});

	it('a balance that is too low is explained with the price of the class', async () => {
		const facts = { task_type: 't', job_class: 'deep' };
		const { asking } = officeOf({ answers: [POOR] });
		const told = await asking.submit({ ...ROW, submission: submissionOf({ facts }) });
		expect(told).toMatchObject({ failure: { funds: { price: '1.50' } } });
		const other = await officeOf({ answers: [no({ status: 422 })] }).asking.submit(ROW);
		expect(other).not.toHaveProperty('failure.funds');
	});
});
