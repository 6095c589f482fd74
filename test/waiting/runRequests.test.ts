import type { ApiFailure, Attempt } from '../../nodes/Runflow/api/attempt';
import { answerFailure, networkFailure } from '../../nodes/Runflow/api/failure';
import type { Clock } from '../../nodes/Runflow/waiting/clock';
import { runRequests } from '../../nodes/Runflow/waiting/runRequests';
import type { RequestOptions } from '../../nodes/Runflow/waiting/runRequests';
import { mostWithin } from '../../lab/simulation/simulate';
import { VirtualTime } from '../../lab/simulation/virtualTime';

const SECOND = 1_000;
const LOST = networkFailure({ subject: 'Evaluation' }, 'ECONNRESET');

function status(code: number, retryAfterMs?: number, apiCode?: string): ApiFailure {
	const purpose = { subject: 'Evaluation', id: 'x' };
	return { ...answerFailure(code, { code: apiCode }, purpose), retryAfterMs };
}

const UNKNOWN = status(404, undefined, 'NOT_FOUND');

/** Runs one request that meets these failures in turn, then is answered. */
async function runOne(
	failures: ApiFailure[],
	options: Partial<RequestOptions> = {},
	time = new VirtualTime(),
) {
	const attemptedAt: number[] = [];
	const left = [...failures];
	const request = async (): Promise<Attempt<string>> => {
		attemptedAt.push(time.elapsed());
		const failure = left.shift();
		return failure ? { ok: false, failure } : { ok: true, value: 'answer' };
	};
	const run = runRequests(new Map([[0, 0]]), request, { stopOnFailure: true, ...options }, time);
	const outcome = (await time.during(run)).get(0);
	const pauses = attemptedAt.slice(1).map((moment, at) => moment - (attemptedAt[at] ?? 0));
	return { outcome, attemptedAt, pauses, elapsedMs: time.elapsed() };
}

it('tries a lost connection five times, with growing pauses, and gives its failure back', async () => {
	const { outcome, pauses } = await runOne(Array(9).fill(LOST));
	expect(outcome).toEqual({ kind: 'failed', failure: LOST });
	expect(pauses).toHaveLength(4);
	for (const [at, pause] of pauses.entries()) {
		expect(pause).toBeGreaterThanOrEqual(SECOND * 2 ** at);
		expect(pause).toBeLessThan(SECOND * 2 ** at + 1_100);
	}
});

it('goes on with the first good answer', async () => {
	const { outcome, attemptedAt } = await runOne([LOST, status(500), status(408), status(503)]);
	expect(outcome).toEqual({ kind: 'done', value: 'answer' });
	expect(attemptedAt).toHaveLength(5);
});

it('waits as long as it was asked to, and not at all for what is beyond its patience', async () => {
	const { pauses } = await runOne([status(429, 30_000), status(503, 0), status(429, 100_000)]);
	expect(pauses.map((ms) => Math.floor(ms / SECOND))).toEqual([30, 0]);
});

it.each([400, 401, 402, 403, 404, 409, 413, 418, 422])('never repeats a %i', async (code) => {
	const { outcome, attemptedAt } = await runOne([status(code)]);
	expect(outcome).toMatchObject({ kind: 'failed', failure: { status: code } });
	expect(attemptedAt).toEqual([0]);
});

it('repeats a 404 while it may be too early for more', async () => {
	const early = await runOne([UNKNOWN, UNKNOWN], { missingGraceMs: 10 * SECOND });
	expect(early.outcome).toEqual({ kind: 'done', value: 'answer' });
	const gone = await runOne(Array(9).fill(UNKNOWN), { missingGraceMs: 10 * SECOND });
	expect(gone.outcome).toMatchObject({ kind: 'failed', failure: { status: 404 } });
	expect(gone.elapsedMs).toBeGreaterThan(10 * SECOND);
	expect(gone.elapsedMs).toBeLessThan(20 * SECOND);
});

it('a request that throws, or drips for ever, costs its own item only', async () => {
	const time = new VirtualTime();
	const request = async (item: number): Promise<Attempt<number>> => {
		if (item === 1) throw new TypeError('Cannot convert object to primitive value');
		if (item === 2) await new Promise(() => {});
		return { ok: true, value: item };
	};
	const items = new Map([0, 1, 2, 3].map((item) => [item, item]));
	const run = runRequests(items, request, { stopOnFailure: false }, time);
	const outcomes = await time.during(run);
	expect([...outcomes.values()].map(({ kind }) => kind)).toEqual([
		'done',
		'failed',
		'failed',
		'done',
	]);
});

describe('many', () => {
	/** A hundred requests of 30 ms, of which these fail at first. */
	async function runMany(
		failureOf: (item: number, attempt: number) => ApiFailure | undefined,
		stopOnFailure = false,
	) {
		const time = new VirtualTime();
		const requests: Array<{ at: number; item: number }> = [];
		const request = async (item: number): Promise<Attempt<number>> => {
			const attempt = requests.filter((each) => each.item === item).length;
			requests.push({ at: time.elapsed(), item });
			await time.sleep(30);
			const failure = failureOf(item, attempt);
			return failure ? { ok: false, failure } : { ok: true, value: item };
		};
		const items = new Map(Array.from({ length: 100 }, (_, item) => [item, item]));
		const outcomes = await time.during(runRequests(items, request, { stopOnFailure }, time));
		const kinds = [...outcomes.values()].map(({ kind }) => kind);
		const count = (kind: string) => kinds.filter((each) => each === kind).length;
		return { outcomes, requests, count };
	}

	it('at most 50 a second, an outcome for each in the order of the items', async () => {
		const { outcomes, requests } = await runMany(() => undefined);
		expect([...outcomes.keys()]).toEqual(Array.from({ length: 100 }, (_, item) => item));
		expect(outcomes.get(7)).toEqual({ kind: 'done', value: 7 });
		expect(mostWithin(SECOND, requests)).toBeLessThanOrEqual(50);
		expect(requests.at(-1)?.at).toBeLessThan(2_500);
	});

	it('an account that takes fewer requests gets fewer, and none is given up', async () => {
		let refusals = 0;
		const { count } = await runMany((item, attempt) => {
			if ((item + attempt) % 3 > 0) return undefined;
			refusals += 1;
			return status(429, undefined, 'RATE_LIMITED');
		});
		expect(count('done')).toBe(100);
		expect(refusals).toBeGreaterThan(30);
	});

	it.each([
		[false, 99, 1, 0],
		[true, 20, 1, 1],
	])('a 422 ends the others: %s', async (stopOnFailure, done, failed, notSent) => {
		const { count } = await runMany(
			(item) => (item === 20 ? status(422) : undefined),
			stopOnFailure,
		);
		expect(count('done')).toBeGreaterThanOrEqual(done);
		expect(count('failed')).toBe(failed);
		expect(count('notSent')).toBeGreaterThanOrEqual(notSent);
	});

	it('a 401 ends them in any case', async () => {
		const { requests, count } = await runMany(() => status(401, undefined, 'UNAUTHORIZED'));
		expect(requests.length).toBeLessThan(10);
		expect(count('failed') + count('notSent')).toBe(100);
	});
});

it('ends when the user stops the execution, with an outcome for each', async () => {
	const time = new VirtualTime();
	time.at(500, () => time.stop());
	const { outcome, attemptedAt, elapsedMs } = await runOne([status(429, 60_000)], {}, time);
	expect(outcome).toMatchObject({ kind: 'failed', failure: { reaction: 'stopped' } });
	expect(attemptedAt).toHaveLength(1);
	expect(elapsedMs).toBeLessThan(1_000);
	const clock: Clock = time;
	const items = new Map([
		[0, 0],
		[1, 1],
	]);
	const request = async () => ({ ok: false as const, failure: LOST });
	const outcomes = await runRequests(items, request, { stopOnFailure: false }, clock);
	expect([...outcomes.values()].map(({ kind }) => kind)).toEqual(['failed', 'failed']);
});
