import { count, simulate } from '../../lab/simulation/simulate';
import { answered, CONNECTION_LOST, refusal } from '../../lab/simulation/simulatedAccount';

const SECOND = 1_000;
const LONG = () => 3_600 * SECOND;
const TEN_SECONDS = { timeoutMs: 10 * SECOND };
const AT_MOST = 12 * SECOND;

describe('a timeout of ten seconds is one, whatever Runflow does:', () => {
	it.each([
		['answers that drip for ever', { drips: () => true }],
		['looks that drip for ever', { drips: (kind: string) => kind === 'look' }],
		['Retry-After: 100 for looks', { lookFault: () => refusal('RATE_LIMITED', 100) }],
		['a 503 with Retry-After: 100', { lookFault: () => later(answered(503)) }],
		['X-RateLimit-Reset: 100', { pauseMs: () => 100 * SECOND }],
		['no connection any more', { lookFault: () => CONNECTION_LOST }],
	])('%s', async (what, account) => {
		const { elapsedMs, kinds } = await simulate({
			items: 20,
			account: { durationMs: LONG, ...account },
			options: TEN_SECONDS,
		});
		const oneSubmitMs = what === 'answers that drip for ever' ? 61 * SECOND : 0;
		expect(elapsedMs).toBeLessThanOrEqual(AT_MOST + oneSubmitMs);
		expect(elapsedMs).toBeGreaterThan(9 * SECOND);
		expect(kinds).not.toContain('none');
	});

	it.each([100, 100_000])('Retry-After: %d for submits', async (retryAfter) => {
		const { elapsedMs, kinds, account } = await simulate({
			items: 20,
			account: { inFlightCap: 0, retryAfter },
			options: TEN_SECONDS,
		});
		expect(elapsedMs).toBeLessThanOrEqual(AT_MOST);
		expect(new Set(kinds)).toEqual(new Set(['failed']));
		expect(account.submits).toBeLessThanOrEqual(12);
	});

	it('details that drip cost no verdict', async () => {
		const { elapsedMs, kinds } = await simulate({
			items: 3,
			account: {
				durationMs: () => 9 * SECOND,
				details: () => answered(500),
				drips: (kind) => kind === 'details',
			},
			options: TEN_SECONDS,
		});
		expect(elapsedMs).toBeLessThanOrEqual(AT_MOST + SECOND);
		expect(kinds).toEqual(['done', 'done', 'done']);
	});
});

function later(attempt: ReturnType<typeof answered>) {
	if (attempt.ok) return attempt;
	return { ok: false as const, failure: { ...attempt.failure, retryAfterMs: 100 * SECOND } };
}

it('nothing is asked again while Retry-After lasts, however long', async () => {
	const { account, elapsedMs, kinds } = await simulate({
		items: 20,
		account: {
			durationMs: () => 30 * SECOND,
			lookFault: (_id, look) => (look === 1 ? refusal('RATE_LIMITED', 300) : undefined),
		},
		options: { timeoutMs: 600 * SECOND },
	});
	expect(new Set(kinds)).toEqual(new Set(['done']));
	const meanwhile = account.requests.filter(({ at }) => at > 5 * SECOND && at < 300 * SECOND);
	expect(meanwhile).toEqual([]);
	expect(elapsedMs).toBeLessThan(310 * SECOND);
});

it('the pause of a rate limit that is used up holds back everything', async () => {
	const { account, kinds } = await simulate({
		items: 10,
		account: {
			durationMs: () => 60 * SECOND,
			pauseMs: (now) => (now > 10 * SECOND && now < 20 * SECOND ? 25 * SECOND : undefined),
		},
	});
	expect(new Set(kinds)).toEqual(new Set(['done']));
	const after = account.requests.filter(({ at }) => at > 22 * SECOND && at < 35 * SECOND);
	expect(after).toEqual([]);
});

it('a look may take half a minute, and near the deadline little longer than that is away', async () => {
	const { account } = await simulate({
		items: 1,
		account: { durationMs: LONG, roundTripMs: 0 },
		options: { timeoutMs: 60 * SECOND },
	});
	const looks = account.requests.filter(({ kind }) => kind === 'look');
	for (const [index, { at }] of looks.entries()) {
		const left = 60 * SECOND - at;
		const expected = Math.min(left + 1.5 * SECOND, 30 * SECOND);
		expect(account.lookTimeouts[index]).toBeCloseTo(expected, 1);
	}
	expect(account.lookTimeouts[0]).toBe(30 * SECOND);
	expect(account.lookTimeouts.at(-1)).toBeCloseTo(1.5 * SECOND, 1);
});

it('an outage until the deadline is called one; an evaluation that is slow is not', async () => {
	const simulation = await simulate({
		items: 2,
		account: {
			durationMs: LONG,
			lookFault: (id, _look, now) => (id === 'e0' && now > 20 * SECOND ? answered(503) : undefined),
		},
		options: { timeoutMs: 60 * SECOND },
	});
	expect(count(simulation, 'timedOut')).toBe(2);
	expect(simulation.outcomes.get(0)).toMatchObject({ id: 'e0', lastFailure: { status: 503 } });
	expect(simulation.outcomes.get(1)).not.toHaveProperty('lastFailure.status');
});
