import type { Evaluation } from '../../nodes/Runflow/api/types';
import { keyFor } from '../../nodes/Runflow/billing/rows';
import type { Row } from '../../nodes/Runflow/billing/rows';
import type { Store } from '../../nodes/Runflow/billing/store';
import { ACCEPTED, LOST, NOW, PENDING, POOR, ROW, SENT, no, officeOf } from './office';

const NAMES = no({ status: 409, namedId: 'e-9' });
const ECHO: Evaluation = {
	...{ id: 'e-9', status_code: 'running', client_ref: 'r', task_type: 't' },
	generated_image_url: ROW.submission.image,
	submitted_at: new Date(NOW - 3_600_000).toISOString(),
};
const withFacts = (fields: Partial<Row['facts']>): Row => ({
	...{ ...ROW, facts: { ...ROW.facts, ...fields } },
});
const SHARED = withFacts({ isShared: true, mayBeOlder: true });
const found = (fields: Partial<Evaluation>) =>
	({ ok: true, value: { ...ECHO, ...fields } }) as const;

describe('an evaluation that a refusal named, and that could not be read', () => {
	it('is logged, read again in the next turn, and taken if it echoes all that was sent', async () => {
		const office = officeOf({ answers: [NAMES], looks: [LOST, found({})] });
		expect(await office.asking.submit(SHARED)).toEqual(LOST);
		expect(office.logged()).toEqual([expect.stringContaining('e-9 (item 0)')]);
		expect(await office.asking.submit(SHARED)).toEqual(found({}));
		expect([office.submits.length, office.reads]).toEqual([1, ['e-9', 'e-9']]);
		expect(office.store.acceptedUnder(ROW.name)?.id).toBe('e-9');
	});

	it.each([
		['by nobody', {}],
		['perhaps by an earlier try', { mayHaveAsked: true }],
	])('is another one, asked for %s', async (_, facts) => {
		const looks = [LOST, found({ task_type: 'other' })];
		const { asking } = officeOf({ answers: [NAMES], looks });
		await asking.submit(withFacts(facts));
		expect(await asking.submit(withFacts(facts))).toMatchObject({
			...{ ok: false, failure: { reaction: 'rejected', namedId: 'e-9' } },
		});
		expect(asking.stateOf(ROW)).toMatchObject({ kind: 'givenUp', id: 'e-9' });
	});
});

describe('what was accepted before', () => {
	const before = (store: Store) => store.remember(ROW.name, 'e-9');

	it('is told as it is found, and nothing is submitted', async () => {
		const value = { ...PENDING, id: 'e-9' };
		const { asking, submits } = officeOf({ before, looks: [{ ok: true, value }] });
		expect(await asking.submit(ROW)).toEqual({ ok: true, value });
		expect(submits).toEqual([]);
	});

	it('has no price to explain where a look is refused', async () => {
		const { asking } = officeOf({ before, looks: [POOR] });
		expect(await asking.submit(ROW)).toEqual(POOR);
	});

	it('is not in doubt for what was sent under its key', () => {
		const both = (store: Store) => {
			before(store);
			store.rememberSent(ROW.name, SENT);
		};
		expect(officeOf({ before: both }).asking.mayExist(ROW)).toBe(false);
	});
});

it('what an earlier try sent under the own key may exist, and stays lost when it is refused', async () => {
	const key = keyFor(ROW, { anew: 1, asOwn: true, left: 0 });
	const before = (store: Store) => {
		store.rememberOwnTry(ROW.name, 1);
		store.rememberSent(key, SENT);
	};
	const { asking, submits, store } = officeOf({ before, answers: [no({ status: 422 })] });
	expect(asking.mayExist(ROW)).toBe(true);
	expect(await asking.submit(ROW)).toMatchObject({ failure: { mayBeAccepted: true } });
	expect(submits.map((each) => each.key)).toEqual([key]);
	expect(asking.stateOf(ROW)).toMatchObject({ kind: 'lost', lostAt: SENT.at });
	expect(store.sentUnder(key)?.cost).toBe('0.4');
});

it('what was there before the execution costs it nothing', async () => {
	const answers = [found({ status_code: 'completed' })];
	const { asking, spent } = officeOf({ answers, limit: 1 });
	expect(await asking.submit(SHARED)).toMatchObject({ ok: true });
	expect(spent()).toBe(0);
});

it('goes past a stored refusal of what was lost, also where the limit is gone', async () => {
	const answers = [no({ isReplayed: true }), ACCEPTED];
	const before = (store: Store) => store.rememberSent(ROW.name, SENT);
	const { asking, submits } = officeOf({ before, answers });
	expect(await asking.submit(ROW)).toMatchObject({ ok: true });
	expect(submits.map(({ key }) => key)).toEqual([
		...[ROW.name, keyFor(ROW, { anew: 0, asOwn: false, left: 1 })],
	]);
});
