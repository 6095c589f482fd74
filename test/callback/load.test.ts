/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setImmediate as nextTurn } from 'node:timers/promises';

import fc from 'fast-check';

import { VirtualTime } from '../../lab/simulation/virtualTime';
import { Load } from '../../nodes/Runflow/callback/load';

const LIMITS = { atOnce: 2, ownPlaces: 1, longestLine: 2, patienceMs: 1_000, placeMs: 5_000 };

/** Work that ends when told to. */
function start(limits: Partial<typeof LIMITS> = {}) {
	const time = new VirtualTime();
	const load = new Load({ ...LIMITS, ...limits }, time);
	const ends: Array<(well: boolean) => void> = [];
	const signals: AbortSignal[] = [];
	const take = async (account = 'one') =>
		await load.take(
			account,
			async (signal) =>
				await new Promise<string>((resolve, reject) => {
					signals.push(signal);
					ends.push((well) => (well ? resolve('done') : reject(new Error('no'))));
				}),
		);
	return { time, ends, signals, take };
}

const DONE = { kind: 'done', value: 'done' };

it('does so much at a time, the next in line when one ends, well or not, and sends the rest away', async () => {
	const { time, ends, take } = start();
	const [first, second, third, fourth] = [take(), take(), take(), take()];
	await nextTurn();
	expect(await take()).toEqual({ kind: 'full' });
	expect(ends).toHaveLength(2);
	ends[0]?.(false);
	await expect(first).rejects.toThrow('no');
	await nextTurn();
	expect(ends).toHaveLength(3);
	ends[1]?.(true);
	expect(await second).toEqual(DONE);
	ends.slice(2).forEach((end) => end(true));
	expect(await time.during(Promise.all([third, fourth]))).toEqual([DONE, DONE]);
});

it('sends away who waited too long for a turn by itself, though no place becomes free', async () => {
	const { time, take } = start({ placeMs: 60_000 });
	void take();
	void take();
	expect(await time.during(take())).toEqual({ kind: 'full' });
	expect(Math.round(time.elapsed())).toBe(1_000);
});

it('gives up a place in time, whatever its work waits for, and tells the work', async () => {
	const { time, ends, signals, take } = start({ patienceMs: 60_000 });
	const [first, , next] = [take(), take(), take()];
	expect(await time.during(first)).toEqual({ kind: 'late' });
	expect([Math.round(time.elapsed()), signals[0]?.aborted]).toEqual([5_000, true]);
	expect(ends).toHaveLength(4 - 1);
	ends[2]?.(true);
	expect(await time.during(next)).toEqual(DONE);
});

it('a process that is late has its time all the same', async () => {
	const { time, ends, take } = start();
	const working = take();
	const slow = { now: () => time.now() * 10, sleep: async (ms: number) => await time.sleep(ms) };
	const late = new Load(LIMITS, slow).take('one', async () => await time.sleep(1_900));
	expect(await time.during(late)).toEqual({ kind: 'done', value: undefined });
	ends[0]?.(true);
	await time.during(working);
});

it('keeps those in line who come before it opens, and lets in as many as have a place then', async () => {
	const time = new VirtualTime();
	const load = new Load({ ...LIMITS, patienceMs: 60_000 }, time, true);
	const begun: string[] = [];
	const take = async (account: string) =>
		await load.take(account, async () => {
			begun.push(`${account} at ${Math.round(time.elapsed())}`);
			await time.sleep(500);
			return 'done';
		});
	const turns = [take('one'), take('one'), take('two')];
	expect(await take('one').then(({ kind }) => kind)).toBe('full');
	time.at(9_000, () => load.open());
	await time.during(Promise.all(turns));
	expect(begun).toEqual(['one at 9000', 'two at 9000', 'one at 9500']);
});

it("no account waits for another one's work", async () => {
	const { time, ends, take } = start({ atOnce: 2 });
	void take('slow');
	void take('slow');
	const [queued, other] = [take('slow'), take('other')];
	await nextTurn();
	expect(ends).toHaveLength(3);
	const besides = take('other');
	ends[2]?.(true);
	expect(await other).toEqual(DONE);
	await nextTurn();
	ends[3]?.(true);
	expect(await time.during(besides)).toEqual(DONE);
	expect(await time.during(queued)).toEqual({ kind: 'full' });
});

it('where only one is handled at a time, the next of the same account waits', async () => {
	const { time, ends, take } = start({ atOnce: 1 });
	const [first, second] = [take(), take()];
	await nextTurn();
	expect(ends).toHaveLength(1);
	ends[0]?.(true);
	await first;
	await nextTurn();
	ends[1]?.(true);
	expect(await time.during(second)).toEqual(DONE);
});

it("a full line of one account is not another one's", async () => {
	const { ends, take } = start({ atOnce: 1, longestLine: 1 });
	for (const account of ['slow', 'slow', 'other', 'other']) void take(account);
	await nextTurn();
	expect(await take('slow')).toEqual({ kind: 'full' });
	expect(ends).toHaveLength(2);
	ends[1]?.(true);
	await nextTurn();
	expect(ends).toHaveLength(3);
});

it('whatever comes and however it ends: answered in time, places never leak, the bounds hold', async () => {
	const arrival = fc.record({
		at: fc.integer({ min: 0, max: 8_000 }),
		account: fc.constantFrom('a', 'b', 'c'),
		takes: fc.option(fc.integer({ min: 0, max: 9_000 })),
		ends: fc.constantFrom('well', 'badly'),
	});
	const history = fc.array(arrival, { minLength: 1, maxLength: 40 });
	const opening = fc.constantFrom(0, 500, 4_000);
	await fc.assert(
		fc.asyncProperty(history, opening, async (arrivals, opensAfter) => {
			const time = new VirtualTime();
			const load = new Load(LIMITS, time, opensAfter > 0);
			time.at(opensAfter, () => load.open());
			const underWay = new Map<string, number>();
			let most = 0;
			let first = Infinity;
			const count = (account: string, change: number) =>
				underWay.set(account, (underWay.get(account) ?? 0) + change);
			const one = async ({ at, account, takes, ends }: (typeof arrivals)[number]) => {
				await time.sleep(at);
				const since = time.elapsed();
				const turn = load.take(account, async (signal) => {
					first = Math.min(first, time.elapsed());
					count(account, 1);
					signal.addEventListener('abort', () => count(account, -1));
					most = Math.max(most, ...underWay.values());
					await (takes === null ? new Promise(() => {}) : time.sleep(takes));
					if (ends === 'badly') throw new Error('no');
					return 'done';
				});
				const kind = await turn.then(
					(taken) => taken.kind,
					() => 'thrown',
				);
				return { kind, took: time.elapsed() - since };
			};
			const all = await time.during(Promise.all(arrivals.map(one)));
			expect(Math.max(...all.map(({ took }) => took))).toBeLessThanOrEqual(6_101);
			expect([...underWay.values()].filter((places) => places !== 0)).toEqual([]);
			expect(most).toBeLessThanOrEqual(LIMITS.atOnce);
			expect(first).toBeGreaterThanOrEqual(opensAfter);
			await time.during(time.sleep(opensAfter));
			const after = ['a', 'b', 'c'].map(async (name) => await load.take(name, async () => name));
			expect((await Promise.all(after)).map(({ kind }) => kind)).toEqual(['done', 'done', 'done']);
		}),
		{ numRuns: 200 },
	);
});
