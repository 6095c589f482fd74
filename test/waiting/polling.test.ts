import type { Attempt } from '../../nodes/Runflow/api/attempt';
import { unreadableFailure } from '../../nodes/Runflow/api/failure';
import type { Evaluation } from '../../nodes/Runflow/api/types';
import { simulate } from '../../lab/simulation/simulate';
import { answered, CONNECTION_LOST, refusal } from '../../lab/simulation/simulatedAccount';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const one = { items: 1, options: { timeoutMs: 10 * MINUTE } };

describe('the deadline', () => {
	it('counts for each evaluation from its acceptance, and is the time of the last look', async () => {
		const { outcomes, kinds, account, elapsedMs } = await simulate({
			items: 3,
			account: {
				inFlightCap: 2,
				durationMs: (index) => (index === 0 ? 40 * SECOND : 60 * MINUTE),
				roundTripMs: 0,
			},
			options: { timeoutMs: 2 * MINUTE },
		});
		expect(kinds).toEqual(['done', 'timedOut', 'timedOut']);
		expect(outcomes.get(1)).toMatchObject({ id: 'e1', evaluation: { status_code: 'running' } });
		const lastLook = (id: string) => account.requests.filter((request) => request.id === id).at(-1);
		expect(lastLook('e1')?.at).toBeCloseTo(2 * MINUTE, -2);
		const accepted = account.requests
			.filter(({ kind, id }) => kind === 'submit' && id === 'e2')
			.at(-1);
		expect(accepted?.at).toBeGreaterThan(39 * SECOND);
		expect(elapsedMs).toBeCloseTo((accepted?.at ?? 0) + 2 * MINUTE, -2);
	});

	it('finds a verdict that came just before it', async () => {
		const { kinds } = await simulate({
			...one,
			account: { durationMs: () => 10 * MINUTE - SECOND },
		});
		expect(kinds).toEqual(['done']);
	});

	it.each(['queued', 'archived', 'COMPLETED', 'cancelled'])(
		'ends the wait for what stays "%s", an unknown status',
		async (openStatus) => {
			const { kinds, elapsedMs, outcomes } = await simulate({
				...one,
				account: { openStatus, durationMs: () => 60 * MINUTE },
			});
			expect(kinds).toEqual(['timedOut']);
			expect(outcomes.get(0)).toMatchObject({ evaluation: { status_code: openStatus } });
			expect(elapsedMs).toBeGreaterThanOrEqual(10 * MINUTE);
			expect(elapsedMs).toBeLessThan(10 * MINUTE + SECOND);
		},
	);
});

describe('a failed look does not end a paid job', () => {
	const unreadable: Attempt<Evaluation> = {
		ok: false,
		failure: unreadableFailure(200, '{', { subject: 'Evaluation' }),
	};

	it.each([
		['no connection', CONNECTION_LOST],
		['500', answered(500)],
		['503', answered(503)],
		['408', answered(408)],
		['429', refusal('RATE_LIMITED')],
		['429 with Retry-After', refusal('RATE_LIMITED', 30)],
		['half an answer', unreadable],
	])('%s, for eight minutes', async (_what, fault) => {
		const { kinds, account, elapsedMs } = await simulate({
			items: 20,
			account: { lookFault: (_id, _look, now) => (now < 8 * MINUTE ? fault : undefined) },
		});
		expect(new Set(kinds)).toEqual(new Set(['done']));
		expect(elapsedMs).toBeLessThan(9 * MINUTE);
		expect(account.looks).toBeLessThan(20 * 25);
	});

	it('every second one, and it costs few more looks', async () => {
		const { kinds, account } = await simulate({
			items: 50,
			account: { lookFault: (_id, look) => (look % 2 === 0 ? answered(502) : undefined) },
		});
		expect(new Set(kinds)).toEqual(new Set(['done']));
		expect(account.looks / 50).toBeLessThan(20);
	});

	it('but the deadline does', async () => {
		const { kinds, outcomes, elapsedMs } = await simulate({
			...one,
			account: { lookFault: () => answered(500) },
		});
		expect(kinds).toEqual(['timedOut']);
		expect(outcomes.get(0)).toMatchObject({ id: 'e0', evaluation: { status_code: 'running' } });
		expect(elapsedMs).toBeLessThan(10 * MINUTE + SECOND);
	});
});

describe('an evaluation that is not found', () => {
	it('is looked for again while it is just accepted', async () => {
		const { kinds, account } = await simulate({
			items: 5,
			account: {
				durationMs: () => 20 * SECOND,
				lookFault: (_id, _look, now) => (now < 9 * SECOND ? answered(404) : undefined),
			},
		});
		expect(new Set(kinds)).toEqual(new Set(['done']));
		expect(account.looks / 5).toBeLessThan(14);
	});
	it('is looked for until the deadline when it was accepted or seen before', async () => {
		const { kinds, account } = await simulate({
			items: [{ index: 0 }, { index: 1, id: 'e1' }],
			account: {
				durationMs: () => 200 * SECOND,
				lookFault: (_id, _look, now) =>
					now > 20 * SECOND && now < 150 * SECOND ? answered(404) : undefined,
			},
			plan: (_time, account) => account.existing('e1', 200 * SECOND),
		});
		expect(kinds).toEqual(['done', 'done']);
		expect(account.looks).toBeLessThan(2 * 25);
	});

	it('is not there when that lasts for more than ten seconds', async () => {
		const { outcomes, elapsedMs } = await simulate({ items: [{ index: 0, id: 'e404' }] });
		expect(outcomes.get(0)).toMatchObject({ kind: 'failed', failure: { status: 404 } });
		expect(elapsedMs).toBeGreaterThan(10 * SECOND);
		expect(elapsedMs).toBeLessThan(13 * SECOND);
	});

	it.each([
		[true, ['notAwaited', 'failed']],
		[false, ['done', 'failed']],
	])('ends the wait for others only when failures do: %s', async (stopOnFailure, expected) => {
		const { kinds } = await simulate({
			items: [
				{ index: 0, id: 'e0' },
				{ index: 1, id: 'e404' },
			],
			plan: (_time, account) => account.existing('e0', 60 * SECOND),
			options: { stopOnFailure },
		});
		expect(kinds).toEqual(expected);
	});
});

it.each([401, 403])('%d ends all waiting at once', async (status) => {
	const { kinds, elapsedMs, outcomes, account } = await simulate({
		items: 30,
		account: {
			inFlightCap: 10,
			lookFault: (_id, look) => (look > 50 ? answered(status) : undefined),
		},
		options: { stopOnFailure: false },
		afterMs: MINUTE,
	});
	expect(kinds.slice(0, 10)).toEqual(Array(10).fill('failed'));
	expect(kinds.slice(10)).toEqual(Array(20).fill('notSubmitted'));
	expect(outcomes.get(3)).toMatchObject({ id: 'e3', failure: { status } });
	expect(elapsedMs).toBeLessThan(40 * SECOND);
	expect(account.requests.filter(({ at }) => at > elapsedMs)).toEqual([]);
});

describe('existing evaluations', () => {
	it('are looked at as seldom as one alone, even when half of them was a matter of moments', async () => {
		const items = Array.from({ length: 100 }, (_, index) => ({ index, id: `e${index}` }));
		const { kinds, account } = await simulate({
			items,
			account: { durationMs: (index) => (index % 2 ? 40 * SECOND : 50) },
			plan: (_time, account) => {
				for (const { index, id } of items) account.existing(id, index % 2 ? 40 * SECOND : -5_000);
			},
		});
		expect(new Set(kinds)).toEqual(new Set(['done']));
		expect(account.submits).toBe(0);
		expect(account.looks).toBeLessThan(50 * 11);
	});
});

describe('details', () => {
	const detailed = (id: string): Attempt<Evaluation> => ({
		ok: true,
		value: { id, status_code: 'completed', judges: [] },
	});

	it('are fetched once for each, after its light looks', async () => {
		const { account, outcomes } = await simulate({ items: 10, account: { details: detailed } });
		expect(outcomes.get(4)).toMatchObject({ evaluation: { id: 'e4', judges: [] } });
		const fetched = account.requests.filter(({ kind }) => kind === 'details');
		expect(fetched.map(({ id }) => id).sort()).toEqual([...account.finishesAt.keys()].sort());
	});

	it.each([
		['cannot be had', () => answered(500), 5],
		['must not be read', () => answered(403), 1],
	])('that %s do not cost the verdict', async (_what, details, attempts) => {
		const { account, outcomes, kinds } = await simulate({ items: 1, account: { details } });
		expect(kinds).toEqual(['done']);
		expect(outcomes.get(0)).toMatchObject({ evaluation: { status_code: 'completed' } });
		expect(account.requests.filter(({ kind }) => kind === 'details')).toHaveLength(attempts);
	});
});
