import { count, DURATIONS, lastSubmitAt, simulate } from '../../lab/simulation/simulate';
import { refusal } from '../../lab/simulation/simulatedAccount';

const SECOND = 1_000;

const uniform = DURATIONS.uniform(40 * SECOND, 5);

describe('until', () => {
	it('accepted: every item is sent, nothing is looked at', async () => {
		const simulation = await simulate({ items: 50, options: { until: 'accepted' } });
		expect(count(simulation, 'done')).toBe(50);
		expect(simulation.account.looks).toBe(0);
	});

	it('accepted: a full account is waited for, and no longer than the timeout', async () => {
		const simulation = await simulate({
			items: 3,
			account: { submitFault: () => refusal('TOO_MANY_IN_FLIGHT') },
			options: { until: 'accepted', timeoutMs: 90 * SECOND },
		});
		expect(simulation.kinds).toEqual(['failed', 'failed', 'failed']);
		expect(simulation.elapsedMs).toBeCloseTo(90 * SECOND, -3);
		const inTime = await simulate({
			items: 3,
			account: { inFlightCap: 0 },
			options: { until: 'accepted', timeoutMs: 90 * SECOND },
			plan: (time, { options }) => time.at(60 * SECOND, () => (options.inFlightCap = 5)),
		});
		expect(inTime.kinds).toEqual(['done', 'done', 'done']);
	});

	it('accepted: an account that becomes full is waited for as well', async () => {
		const simulation = await simulate({
			items: 60,
			account: { inFlightCap: 20, durationMs: uniform },
			options: { until: 'accepted' },
		});
		expect(count(simulation, 'done')).toBe(60);
		expect(simulation.account.refusals).toBeLessThan(90);
	});

	it('submitted: ends when the last one is accepted, with what is open', async () => {
		const simulation = await simulate({
			items: 60,
			account: { inFlightCap: 20, durationMs: uniform },
			options: { until: 'submitted' },
		});
		expect(count(simulation, 'done') + count(simulation, 'open')).toBe(60);
		expect(count(simulation, 'open')).toBeGreaterThanOrEqual(19);
		expect(simulation.elapsedMs - lastSubmitAt(simulation)).toBeLessThan(SECOND);
	});
});

it('nothing to do is done at once', async () => {
	const { outcomes, elapsedMs } = await simulate({ items: [] });
	expect([outcomes.size, elapsedMs]).toEqual([0, 0]);
});
