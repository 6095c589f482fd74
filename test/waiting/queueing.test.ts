import { count, DURATIONS, simulate } from '../../lab/simulation/simulate';

const SECOND = 1_000;

/** The most evaluations that were open at once after a moment. */
function mostOpen(simulation: Awaited<ReturnType<typeof simulate>>, from = 0): number {
	const { requests, finishesAt } = simulation.account;
	const submits = requests.filter(({ kind }) => kind === 'submit');
	return Math.max(
		...submits
			.filter(({ at }) => at >= from)
			.map(({ at }) => {
				const sent = submits.filter((each) => each.at <= at).length;
				return sent - [...finishesAt.values()].filter((end) => end <= at).length;
			}),
	);
}

describe('an account that accepts everything and works on a few at a time', () => {
	it('4 at a time, 1 s each: 40 rows are judged with a timeout of 6 s', async () => {
		const simulation = await simulate({
			items: 40,
			account: { worksOn: 4, durationMs: () => SECOND },
			options: { timeoutMs: 6 * SECOND },
		});
		expect(count(simulation, 'done')).toBe(40);
		expect(simulation.elapsedMs).toBeLessThan(12 * SECOND);
	});

	it('20 at a time, 40 s each: 1,000 rows are judged, and few are open at once', async () => {
		const simulation = await simulate({
			items: 1_000,
			account: { worksOn: 20, durationMs: () => 40 * SECOND },
		});
		expect(count(simulation, 'done')).toBe(1_000);
		expect(simulation.elapsedMs / SECOND).toBeLessThan(2_000 * 1.1);
		expect(mostOpen(simulation)).toBeLessThan(250);
		expect(mostOpen(simulation, 600 * SECOND)).toBeLessThanOrEqual(80);
		expect(simulation.account.looks / 1_000).toBeLessThan(12);
	}, 60_000);

	it('durations that vary: the account is kept busy', async () => {
		const simulation = await simulate({
			items: 300,
			account: { worksOn: 10, durationMs: DURATIONS.uniform(30 * SECOND, 3) },
		});
		expect(count(simulation, 'done')).toBe(300);
		expect(simulation.elapsedMs / SECOND).toBeLessThan(1.15 * 900);
	});

	it('a line in which nothing moves ends with the timeout', async () => {
		const { kinds, elapsedMs } = await simulate({
			items: 5,
			account: { worksOn: 1, durationMs: () => 3_600 * SECOND },
			options: { timeoutMs: 60 * SECOND },
		});
		expect(new Set(kinds)).toEqual(new Set(['timedOut']));
		expect(elapsedMs).toBeLessThan(62 * SECOND);
	});

	it('the timeout runs again from when the account began with it', async () => {
		const { kinds, elapsedMs } = await simulate({
			items: 3,
			account: {
				worksOn: 1,
				durationMs: (index) => (index === 2 ? 3_600 * SECOND : 50 * SECOND),
			},
			options: { timeoutMs: 60 * SECOND },
		});
		expect(kinds).toEqual(['done', 'done', 'timedOut']);
		expect(elapsedMs).toBeGreaterThan(150 * SECOND);
		expect(elapsedMs).toBeLessThan(165 * SECOND);
	});

	it('what it puts back in line for ever has twice the timeout, however much else it finishes', async () => {
		const { account, kinds } = await simulate({
			items: 60,
			account: {
				inFlightCap: 2,
				durationMs: (index) => (index === 0 ? 3_600 * SECOND : 10 * SECOND),
				lookFault: (id, _look, now) => {
					const status_code = Math.floor(now / (5 * SECOND)) % 2 === 1 ? 'pending' : 'running';
					return id === 'e0' ? { ok: true, value: { id, status_code } } : undefined;
				},
			},
			options: { timeoutMs: 60 * SECOND, until: 'finished' },
		});
		const lastLook = account.requests.filter(({ id }) => id === 'e0').at(-1)?.at ?? 0;
		expect([kinds[0], kinds[1]]).toEqual(['timedOut', 'done']);
		expect(lastLook).toBeGreaterThan(115 * SECOND);
		expect(lastLook).toBeLessThan(125 * SECOND);
	});
});

it.each([
	['pending for a third of its time', 0.3],
	['pending until it is finished', 1],
	['pending until shortly before', 0.95],
])(
	'an account that works on all at once and says %s is not taken for one that queues',
	async (_what, share) => {
		const durationMs = DURATIONS.uniform(40 * SECOND, 4);
		const simulation = await simulate({
			items: 300,
			account: { durationMs, pendingShare: share },
		});
		expect(count(simulation, 'done')).toBe(300);
		expect(simulation.elapsedMs).toBeLessThan(90 * SECOND);
	},
);
