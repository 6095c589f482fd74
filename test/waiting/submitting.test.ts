import type { Attempt } from '../../nodes/Runflow/api/attempt';
import type { Evaluation } from '../../nodes/Runflow/api/types';
import { count, DURATIONS, seeded, simulate } from '../../lab/simulation/simulate';
import { answered, CONNECTION_LOST } from '../../lab/simulation/simulatedAccount';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const CONFLICT: Attempt<Evaluation> = {
	ok: false,
	failure: {
		kind: 'answer',
		reaction: 'conflict',
		purpose: { subject: 'Evaluations' },
		status: 409,
	},
};

const uniform = DURATIONS.uniform(40 * SECOND, 5);

describe('a submit that meets a passing fault', () => {
	it.each([
		['no connection', CONNECTION_LOST],
		['500', answered(500)],
		['503', answered(503)],
	])('is given up after five attempts when nothing else is open: %s', async (_what, fault) => {
		const { kinds, account, elapsedMs } = await simulate({
			items: 1,
			account: { submitFault: () => fault },
		});
		expect(kinds).toEqual(['failed']);
		expect(account.submits).toBe(5);
		expect(elapsedMs).toBeGreaterThan(15 * SECOND);
		expect(elapsedMs).toBeLessThan(21 * SECOND);
	});

	it('is sent again when its answer was lost, and the evaluation exists once', async () => {
		const random = seeded(3);
		const simulation = await simulate({
			items: 500,
			account: { durationMs: uniform, losesAnswer: () => random() < 0.3 },
		});
		expect(count(simulation, 'done')).toBe(500);
		expect(simulation.account.finishesAt.size).toBe(500);
		expect(simulation.account.submits).toBeGreaterThan(600);
	});

	it('is looked at once when it was finished meanwhile: that answer has no verdict', async () => {
		const { kinds, account, elapsedMs } = await simulate({
			items: 1,
			account: { durationMs: () => 100, losesAnswer: (_index, request) => request === 1 },
		});
		expect(kinds).toEqual(['done']);
		expect(account.requests.map(({ kind }) => kind)).toEqual(['submit', 'submit', 'look']);
		expect(elapsedMs - (account.requests[1]?.at ?? 0)).toBeLessThan(300);
	});

	it('is tried five times in company too, and costs nobody else the verdict', async () => {
		const { kinds, account, elapsedMs } = await simulate({
			items: 3,
			account: {
				durationMs: () => 90 * SECOND,
				submitFault: (index) => (index === 1 ? answered(503) : undefined),
			},
		});
		expect(kinds).toEqual(['done', 'failed', 'done']);
		expect(account.submits).toBe(2 + 5);
		expect(elapsedMs).toBeLessThan(100 * SECOND);
	});

	it.each(['accepted', 'finished'] as const)(
		'ends the batch when nothing is answered from the start, until %s',
		async (until) => {
			const simulation = await simulate({
				items: 100,
				account: { submitFault: () => answered(503) },
				options: { until, stopOnFailure: false },
			});
			expect(count(simulation, 'failed')).toBeLessThanOrEqual(12);
			expect(count(simulation, 'failed') + count(simulation, 'notSubmitted')).toBe(100);
			expect(simulation.elapsedMs).toBeLessThan(40 * SECOND);
		},
	);

	it('is not repeated beyond the timeout', async () => {
		const { kinds, account, elapsedMs } = await simulate({
			items: 1,
			account: { submitFault: () => answered(503) },
			options: { timeoutMs: 5 * SECOND },
		});
		expect(kinds).toEqual(['failed']);
		expect(elapsedMs).toBeLessThan(5 * SECOND + 200);
		expect(account.requests.at(-1)?.at).toBeCloseTo(5 * SECOND, -3);
	});

	it('409 on the own key is a race: tried again, and an error only when that does not pass', async () => {
		const inTime = await simulate({
			items: 3,
			account: { submitFault: (index, submit) => (index < 3 && submit < 9 ? CONFLICT : undefined) },
		});
		expect(inTime.kinds).toEqual(['done', 'done', 'done']);
		const never = await simulate({ items: 1, account: { submitFault: () => CONFLICT } });
		expect(never.outcomes.get(0)).toMatchObject({ kind: 'failed', failure: { status: 409 } });
		expect(never.account.submits).toBe(5);
	});

	it('409 after an answer that was lost is a race for as long as the timeout', async () => {
		const { kinds, account } = await simulate({
			items: 1,
			account: {
				losesAnswer: (_index, submit) => submit === 1,
				submitFault: (_index, submit, now) =>
					submit > 1 && now < 2 * MINUTE ? CONFLICT : undefined,
			},
		});
		expect(kinds).toEqual(['done']);
		expect(account.finishesAt.size).toBe(1);
	});

	it('one bad item among good ones does not cost their verdicts', async () => {
		const simulation = await simulate({
			items: 100,
			account: {
				inFlightCap: 20,
				durationMs: uniform,
				submitFault: (index) => (index === 10 ? answered(500) : undefined),
			},
		});
		expect([count(simulation, 'done'), count(simulation, 'failed')]).toEqual([99, 1]);
		expect(simulation.elapsedMs).toBeLessThan(6 * MINUTE);
	});
});

describe('an outage of ten minutes in the middle of a batch', () => {
	const isOut = (now: number) => now > 2 * MINUTE && now < 12 * MINUTE;
	const account = {
		inFlightCap: 20,
		durationMs: uniform,
		submitFault: (_index: number, _request: number, now: number) =>
			isOut(now) ? CONNECTION_LOST : undefined,
		lookFault: (_id: string, _request: number, now: number) =>
			isOut(now) ? CONNECTION_LOST : undefined,
	};

	it('costs nothing but time when the timeout is longer', async () => {
		const simulation = await simulate({
			items: 200,
			account,
			options: { timeoutMs: 15 * MINUTE },
		});
		expect(count(simulation, 'done')).toBe(200);
		expect(simulation.elapsedMs).toBeLessThan(10 * MINUTE + 9 * MINUTE);
		const during = simulation.account.requests.filter(({ at }) => isOut(at));
		expect(during.length).toBeLessThan(600);
	});

	it('ends the batch with the timeout when that is shorter, and names what exists', async () => {
		const simulation = await simulate({ items: 200, account, options: { timeoutMs: 5 * MINUTE } });
		expect(simulation.elapsedMs).toBeLessThan(11 * MINUTE);
		expect(count(simulation, 'timedOut')).toBeGreaterThan(0);
		expect(count(simulation, 'notSubmitted')).toBeGreaterThan(0);
		const named = [...simulation.outcomes.values()].filter(
			(outcome) => outcome.kind === 'done' || ('id' in outcome && outcome.id),
		);
		expect(named.length).toBe(simulation.account.finishesAt.size);
	});
});
