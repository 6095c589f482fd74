import { count, DURATIONS, lastSubmitAt, simulate } from '../../lab/simulation/simulate';
import { answered, CONNECTION_LOST } from '../../lab/simulation/simulatedAccount';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const uniform = DURATIONS.uniform(40 * SECOND, 5);

describe('a hard failure in the middle', () => {
	const bad = (status: number) => ({
		items: 100,
		account: {
			inFlightCap: 20,
			roundTripMs: 2 * SECOND,
			durationMs: uniform,
			submitFault: (index: number) => (index === 40 ? answered(status) : undefined),
		},
		afterMs: MINUTE,
	});

	it.each([422, 402, 401])('%d: stops, settles what is being sent, names ids', async (status) => {
		const simulation = await simulate(bad(status));
		const { account, outcomes, elapsedMs, unanswered } = simulation;
		expect(unanswered).toBe(0);
		expect(outcomes.get(40)).toMatchObject({ kind: 'failed', failure: { status } });
		expect(count(simulation, 'done') + count(simulation, 'notAwaited')).toBe(
			account.finishesAt.size,
		);
		for (const outcome of outcomes.values()) {
			if (outcome.kind === 'notAwaited') expect(outcome.id).toMatch(/^e\d+$/);
		}
		expect(count(simulation, 'notAwaited')).toBeGreaterThan(5);
		expect(count(simulation, 'notSubmitted')).toBeGreaterThan(50);
		expect(account.requests.filter(({ at }) => at > elapsedMs)).toEqual([]);
	});

	it('waits for the answers under way; what is accepted or refused now is not lost', async () => {
		const simulation = await simulate({
			items: 12,
			account: {
				inFlightCap: 6,
				durationMs: uniform,
				submitFault: (index) => (index === 0 ? answered(422) : undefined),
			},
			afterMs: MINUTE,
		});
		const { account, kinds, elapsedMs } = simulation;
		expect(kinds[0]).toBe('failed');
		expect(count(simulation, 'notAwaited')).toBe(account.finishesAt.size);
		expect(account.finishesAt.size).toBe(6);
		expect(count(simulation, 'notSubmitted')).toBe(5);
		expect(lastSubmitAt(simulation)).toBeLessThan(SECOND);
		expect(elapsedMs).toBeLessThan(SECOND);
	});

	it('a lost answer is asked for again before the batch ends: it may exist', async () => {
		const simulation = await simulate({
			items: 3,
			account: {
				submitFault: (index) => (index === 2 ? answered(422) : undefined),
				losesAnswer: (index, request) => index === 1 && request < 4,
			},
		});
		expect(simulation.kinds).toEqual(['notAwaited', 'notAwaited', 'failed']);
		expect(simulation.outcomes.get(1)).toMatchObject({ id: 'e1' });
		expect(simulation.account.looks).toBe(0);
	});

	it('asks five times at most for an answer that is always lost', async () => {
		const { kinds, elapsedMs } = await simulate({
			items: 3,
			account: {
				submitFault: (index) => (index === 2 ? answered(422) : undefined),
				losesAnswer: (index) => index === 1,
			},
		});
		expect(kinds).toEqual(['notAwaited', 'failed', 'failed']);
		expect(elapsedMs).toBeLessThan(21 * SECOND);
	});

	it('ends nothing else when the node continues on fail', async () => {
		const simulation = await simulate({ ...bad(422), options: { stopOnFailure: false } });
		expect([count(simulation, 'done'), count(simulation, 'failed')]).toEqual([99, 1]);
	});

	it('an empty balance stops the submitting even then; what is open is waited for', async () => {
		const simulation = await simulate({
			items: 100,
			account: {
				inFlightCap: 20,
				durationMs: uniform,
				submitFault: (index) => (index >= 40 ? answered(402) : undefined),
			},
			options: { stopOnFailure: false },
		});
		expect(count(simulation, 'done')).toBe(40);
		expect(count(simulation, 'done') + count(simulation, 'failed')).toBeLessThan(60);
		expect(count(simulation, 'notSubmitted')).toBeGreaterThan(40);
	});
});

describe('Stop', () => {
	it.each([
		['while it submits', 0.3],
		['while it waits', 30],
		['in an outage', 130],
	])('%s: ends within 250 ms, and nothing is sent afterwards', async (_when, seconds) => {
		const isOut = (now: number) => now > 100 * SECOND;
		const { elapsedMs, account, kinds } = await simulate({
			items: 200,
			account: {
				inFlightCap: 20,
				durationMs: uniform,
				submitFault: (_index, _request, now) => (isOut(now) ? CONNECTION_LOST : undefined),
				lookFault: (_id, _request, now) => (isOut(now) ? CONNECTION_LOST : undefined),
			},
			plan: (time) => time.at(seconds * SECOND, () => time.stop()),
			afterMs: 10 * MINUTE,
		});
		expect(elapsedMs - seconds * SECOND).toBeLessThanOrEqual(250);
		expect(account.requests.filter(({ at }) => at > elapsedMs)).toEqual([]);
		expect(kinds).toContain('notSubmitted');
	});
});
