import { DURATIONS, mostWithin, seeded, simulate } from '../../lab/simulation/simulate';
import { refusal } from '../../lab/simulation/simulatedAccount';

const SECOND = 1_000;
const MOST_PER_SECOND = 62;

function expectAllDone(kinds: string[], count: number): void {
	expect(kinds.filter((kind) => kind === 'done')).toHaveLength(count);
}

describe.each([1, 5, 20])('a batch on an account that takes %d at once', (inFlightCap) => {
	const count = inFlightCap === 1 ? 80 : 200;

	it.each([
		['fixed', 40, 1.05],
		['uniform', 4, 1.15],
		['uniform', 40, 1.1],
		['lognormal', 4, 1.2],
		['lognormal', 40, 1.15],
	] as const)(
		'%s durations around %d s: at most %d of the lower bound',
		async (kind, mean, most) => {
			const durationMs = DURATIONS[kind](mean * SECOND, 4);
			const { account, kinds, elapsedMs, outcomes } = await simulate({
				items: count,
				account: { inFlightCap, durationMs },
			});
			expectAllDone(kinds, count);
			expect(outcomes.get(7)).toMatchObject({ evaluation: { id: 'e7', status_code: 'completed' } });
			expect(elapsedMs / account.lowerBoundMs(count)).toBeLessThan(most);
			expect(account.looks / count).toBeLessThan(8);
			expect(account.refusals).toBeLessThanOrEqual(8 + 0.15 * count);
			expect(account.mostInFlight).toBeLessThanOrEqual(inFlightCap);
		},
	);
});

it.each([
	['raised', 5, 50, 450],
	['lowered', 40, 5, 2_000],
])('a limit that is %s in the middle is found', async (_how, inFlightCap, later, seconds) => {
	const { account, kinds, elapsedMs } = await simulate({
		items: 300,
		account: { inFlightCap, durationMs: DURATIONS.uniform(30 * SECOND, 2) },
		plan: (time, { options }) => time.at(60 * SECOND, () => (options.inFlightCap = later)),
	});
	expectAllDone(kinds, 300);
	expect(elapsedMs).toBeLessThan(seconds * SECOND);
	expect(account.refusals).toBeLessThan(80);
});

it('an account full of the evaluations of others is waited for, and then used', async () => {
	const { account, kinds, elapsedMs } = await simulate({
		items: 100,
		account: { inFlightCap: 0, durationMs: DURATIONS.uniform(30 * SECOND, 2) },
		plan: (time, { options }) => time.at(400 * SECOND, () => (options.inFlightCap = 20)),
	});
	expectAllDone(kinds, 100);
	expect(account.refusals).toBeLessThan(45);
	expect(elapsedMs - 400 * SECOND).toBeLessThan(1.4 * account.lowerBoundMs(100) + 32 * SECOND);
});

it('waiting for such an account ends when nothing moved for the whole timeout', async () => {
	const { account, kinds, elapsedMs } = await simulate({
		items: 20,
		account: { inFlightCap: 0 },
		options: { timeoutMs: 120 * SECOND },
	});
	expect(new Set(kinds)).toEqual(new Set(['failed']));
	expect(elapsedMs).toBeGreaterThan(119 * SECOND);
	expect(elapsedMs).toBeLessThan(160 * SECOND);
	expect(account.submits).toBeLessThan(25);
});

describe('too many', () => {
	it('evaluations, with Retry-After: nothing is submitted for so long, looks go on', async () => {
		const { account } = await simulate({
			items: 40,
			account: { inFlightCap: 20, durationMs: () => 30 * SECOND, retryAfter: 20 },
		});
		const refusedAt = account.requests
			.filter(({ at, kind }) => kind === 'submit' && at < 5_000)
			.at(-1);
		const meanwhile = account.requests.filter(
			({ at }) => at > (refusedAt?.at ?? 0) + SECOND && at < 20 * SECOND,
		);
		expect(meanwhile.map(({ kind }) => kind)).not.toContain('submit');
		expect(meanwhile.length).toBeGreaterThan(20);
	});

	it.each([
		['a given time', 15],
		['a second', undefined],
	])('requests: everything rests for %s, then goes on more slowly', async (_time, retryAfter) => {
		const from = 10 * SECOND;
		const { account, kinds } = await simulate({
			items: 30,
			account: {
				durationMs: () => 60 * SECOND,
				lookFault: (_id, look) => (look === 100 ? refusal('RATE_LIMITED', retryAfter) : undefined),
			},
		});
		expectAllDone(kinds, 30);
		const refused = account.requests.filter(({ kind }) => kind === 'look')[99]?.at ?? from;
		const restMs = (retryAfter ?? 1) * SECOND;
		const meanwhile = account.requests.filter(
			({ at }) => at > refused + 100 && at < refused + restMs,
		);
		expect(meanwhile).toEqual([]);
	});

	it('requests, when that is the answer to a submit: looks rest as well', async () => {
		const { account } = await simulate({
			items: 30,
			account: {
				durationMs: () => 60 * SECOND,
				submitFault: (_index, submit) => (submit === 15 ? refusal('RATE_LIMITED', 15) : undefined),
			},
		});
		expect(account.requests.filter(({ at }) => at > 2 * SECOND && at < 14 * SECOND)).toEqual([]);
	});

	it('requests for the account: a batch settles below its rate, with few refusals', async () => {
		let tokens = 5;
		const limit = () => ((tokens -= 1) < 0 ? refusal('RATE_LIMITED') : undefined);
		const { account, kinds } = await simulate({
			items: 60,
			account: {
				durationMs: DURATIONS.uniform(20 * SECOND, 1),
				submitFault: limit,
				lookFault: limit,
			},
			plan: (time) => {
				for (let tick = 1; tick < 20_000; tick++) {
					time.at(tick * 200, () => (tokens = Math.min(5, Math.max(tokens, 0) + 1)));
				}
			},
		});
		expectAllDone(kinds, 60);
		const refused = account.requests.length - account.finishesAt.size;
		expect(refused).toBeGreaterThan(0);
		expect(mostWithin(10 * SECOND, account.requests)).toBeLessThan(120);
	});
});

it('10,000 items: the rate of requests stays bounded, and the work grows with the items', async () => {
	const run = async (items: number) => {
		const startedAt = performance.now();
		const simulation = await simulate({
			items,
			account: { inFlightCap: 500, durationMs: DURATIONS.uniform(40 * SECOND, 1) },
		});
		return { ...simulation, workMs: performance.now() - startedAt };
	};
	const small = await run(1_000);
	const { account, kinds, mostPerSecond, elapsedMs, workMs } = await run(10_000);
	expectAllDone(kinds, 10_000);
	expect(account.submits - account.refusals).toBe(10_000);
	expect(mostPerSecond).toBeLessThanOrEqual(MOST_PER_SECOND);
	expect(account.looks / 10_000).toBeLessThan(8);
	expect(elapsedMs / account.lowerBoundMs(10_000)).toBeLessThan(1.15);
	expect(workMs / small.workMs).toBeLessThan(40);
}, 60_000);

it('asks an account without a limit less than ten times a verdict, and a gate of one as soon as ever', async () => {
	const draw = seeded(3);
	const durations = Array.from({ length: 200 }, () => (10 + draw() * 50) * SECOND);
	const durationMs = (index: number) => durations[index] ?? 0;
	const many = await simulate({ items: 200, account: { inFlightCap: 1_000, durationMs } });
	expectAllDone(many.kinds, 200);
	expect(many.account.requests.length / 200).toBeLessThan(10);
	const one = await simulate({ items: 1, account: { inFlightCap: 1_000, durationMs: () => 900 } });
	expect(one.elapsedMs).toBeLessThan(1.5 * SECOND);
});
