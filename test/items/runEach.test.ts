import type { ApiFailure, Attempt } from '../../nodes/Runflow/api/attempt';
import { answerFailure, networkFailure } from '../../nodes/Runflow/api/failure';
import { withRetries } from '../../nodes/Runflow/items/runEach';
import { VirtualTime } from '../../lab/simulation/virtualTime';

const LOST = networkFailure({ subject: 'Evaluation' }, 'ECONNRESET');

/** Answers with these failures in turn, then with `done`; keeps the moments of the attempts. */
function script(time: VirtualTime, failures: ApiFailure[]) {
	const attemptedAt: number[] = [];
	const left = [...failures];
	const request = async (): Promise<Attempt<string>> => {
		attemptedAt.push(time.now());
		const failure = left.shift();
		return failure ? { ok: false, failure } : { ok: true, value: 'done' };
	};
	return { attemptedAt, request };
}

function status(code: number, retryAfterMs?: number): ApiFailure {
	return { ...answerFailure(code, undefined, { subject: 'Evaluation', id: 'x' }), retryAfterMs };
}

const pauses = (moments: number[]) =>
	moments.slice(1).map((moment, at) => moment - (moments[at] ?? 0));

it('tries a lost connection five times, with growing pauses, and gives its failure back', async () => {
	const time = new VirtualTime();
	const { attemptedAt, request } = script(time, Array(9).fill(LOST));
	const attempt = await time.during(withRetries(request, time));
	expect(attempt).toEqual({ ok: false, failure: LOST });
	expect(attemptedAt).toHaveLength(5);
	for (const [at, pause] of pauses(attemptedAt).entries()) {
		expect(pause).toBeGreaterThanOrEqual(1_000 * 2 ** at);
		expect(pause).toBeLessThan(1_000 * 2 ** at + 1_000);
	}
});

it('goes on with the first good answer', async () => {
	const time = new VirtualTime();
	const failures = [
		LOST,
		status(500),
		networkFailure({ subject: 'Evaluation' }, 'ETIMEDOUT'),
		status(503),
	];
	const { attemptedAt, request } = script(time, failures);
	expect(await time.during(withRetries(request, time))).toEqual({ ok: true, value: 'done' });
	expect(attemptedAt).toHaveLength(5);
});

it('waits as long as it was asked to, within reason', async () => {
	const time = new VirtualTime();
	const failures = [status(429, 30_000), status(503, 0), status(429, 3_600_000)];
	const { attemptedAt, request } = script(time, failures);
	await time.during(withRetries(request, time));
	const [asked = 0, atOnce = 0, absurd = 0] = pauses(attemptedAt);
	expect(Math.floor(asked / 1_000)).toBe(30);
	expect(Math.floor(atOnce / 1_000)).toBe(0);
	expect(Math.floor(absurd / 1_000)).toBe(4);
});

it.each([400, 401, 402, 403, 404, 409, 413, 418, 422])('never repeats a %i', async (code) => {
	const time = new VirtualTime();
	const { attemptedAt, request } = script(time, [status(code)]);
	const attempt = await time.during(withRetries(request, time));
	expect(attempt).toMatchObject({ ok: false, failure: { status: code } });
	expect(attemptedAt).toEqual([0]);
});

it('ends when the user stops the execution', async () => {
	const time = new VirtualTime();
	const { attemptedAt, request } = script(time, [status(429, 60_000)]);
	time.at(500, () => time.stop());
	const sliced = {
		...bound(time),
		sleep: async (ms: number) => await time.sleep(Math.min(ms, 250)),
	};
	const attempt = await time.during(withRetries(request, sliced));
	expect(attempt).toMatchObject({ ok: false, failure: { reaction: 'stopped' } });
	expect(attemptedAt).toHaveLength(1);
	expect(time.now()).toBeLessThan(1_000);
});

function bound(time: VirtualTime) {
	return {
		now: () => time.now(),
		stopped: () => time.stopped(),
		random: () => time.random(),
	};
}
