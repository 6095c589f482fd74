import { VirtualTime } from '../../../lab/simulation/virtualTime';
import type { Attempt, Reaction } from '../../../nodes/Runflow/api/attempt';
import type { Evaluation } from '../../../nodes/Runflow/api/types';
import { lookAtEach, lookUntilOpen } from '../../../nodes/Runflow/operations/parking/look';
import { sharedBy } from '../../../nodes/Runflow/operations/parking/memory';

const LIMIT_MS = 3_500;
let accounts = 0;

const found = (id: string, status_code = 'completed'): Attempt<Evaluation> => ({
	...{ ok: true, value: { id, status_code } },
});
const refused = (reaction: Reaction, retryAfterMs?: number): Attempt<Evaluation> => ({
	ok: false,
	failure: { kind: 'answer', reaction, retryAfterMs, purpose: { subject: 'Evaluation' } },
});

/** One account whose API answers as told; everything else is finished. */
function account(
	answer: (id: string, nth: number) => Attempt<Evaluation> | undefined,
	tookMs = 50,
) {
	const time = new VirtualTime();
	const asked: Array<{ id: string; at: number }> = [];
	let underWay = 0;
	const most = { atOnce: 0 };
	const sight = {
		...sharedBy(`look ${accounts++}`, [], () => time.now()),
		look: async (id: string) => {
			asked.push({ id, at: time.elapsed() });
			underWay += 1;
			most.atOnce = Math.max(most.atOnce, underWay);
			const nth = asked.filter((each) => each.id === id).length;
			await time.sleep(tookMs);
			underWay -= 1;
			return answer(id, nth) ?? found(id);
		},
		clock: time,
	};
	const until = async (ids: string[], first: string[] = []) =>
		await time.during(lookUntilOpen(ids, first, sight, LIMIT_MS));
	const each = async (ids: string[]) => await time.during(lookAtEach(ids, sight, LIMIT_MS));
	return { time, asked, most, sight, until, each };
}

const many = (count: number) => Array.from({ length: count }, (_, at) => `e${at}`);

it('knows what it has seen: a second search asks for the open ones alone, in any case of the id', async () => {
	const { until, asked } = account((id, nth) =>
		id === 'b' && nth === 1 ? found('b', 'running') : undefined,
	);
	expect(await until(['a', 'b'], ['a'])).toEqual({ kind: 'open', id: 'b', isUnknown: false });
	const state = await until(['A', 'b']);
	expect(asked.map(({ id }) => id)).toEqual(['a', 'b', 'b']);
	expect(state.kind === 'finished' && [...state.evaluations.keys()].sort()).toEqual(['a', 'b']);
});

it('looks at more at once the longer none is open, ten at most, and asks once for each', async () => {
	const { asked, most, sight, time } = account(() => undefined, 300);
	const search = lookUntilOpen([...many(60), 'e0'], [], sight, 60_000);
	expect((await time.during(search)).kind).toBe('finished');
	expect([asked.length, most.atOnce]).toEqual([60, 10]);
	expect(asked.filter(({ at }) => at === asked[0]?.at)).toHaveLength(1);
});

it('asks in another order each time, the named ones first', async () => {
	const orders = await Promise.all(
		[1, 2].map(async () => {
			const { until, asked, time } = account(() => undefined);
			for (let skipped = 0; skipped < accounts; skipped += 1) time.random();
			await until(many(20), ['e7', 'e3']);
			return asked.map(({ id }) => id);
		}),
	);
	expect(orders.map((ids) => ids.slice(0, 2).sort())).toEqual([
		...[
			['e3', 'e7'],
			['e3', 'e7'],
		],
	]);
	expect(orders[0]).not.toEqual(orders[1]);
	expect(orders[0]).not.toEqual([...(orders[0] ?? [])].sort());
});

it('repeats what passes, with pauses that grow, and not for ever', async () => {
	const passing = account((_, nth) => (nth < 4 ? refused('retry') : undefined), 1);
	expect((await passing.until(['a'])).kind).toBe('finished');
	const pauses = passing.asked.slice(1).map(({ at }, n) => at - (passing.asked[n]?.at ?? 0));
	expect(pauses.map((ms) => ms > 0)).toEqual([true, true, true]);
	for (const [n, ms] of pauses.entries()) {
		expect(ms).toBeGreaterThanOrEqual(250 * 2 ** n);
		expect(ms).toBeLessThanOrEqual(500 * 2 ** n + 5);
	}
	const lasting = account(() => refused('retry'));
	expect(await lasting.until(['a', 'b'])).toMatchObject({
		...{ kind: 'unavailable', failure: { reaction: 'retry' } },
	});
	expect(lasting.time.elapsed()).toBeLessThan(LIMIT_MS + 101);
});

it.each<Reaction>(['rejected', 'closed', 'conflict', 'stopped'])(
	'a look that is %s ends the search at once, and nothing counts as finished',
	async (reaction) => {
		const { until, asked } = account((id) => (id === 'a' ? refused(reaction) : undefined));
		expect(await until(['a', 'b', 'c'], ['a'])).toMatchObject({
			...{ kind: 'unavailable', failure: { reaction } },
		});
		expect(asked.map(({ id }) => id)).toEqual(['a']);
	},
);

it('holds back after a 429 for as long as the API asks, for every search of the account', async () => {
	const { until, asked, time } = account((_, nth) =>
		nth === 1 ? refused('busy', 2_000) : undefined,
	);
	expect((await until(['a'])).kind).toBe('finished');
	expect((asked[1]?.at ?? 0) - (asked[0]?.at ?? 0)).toBeGreaterThanOrEqual(2_000);
	const long = account(() => refused('busy', 60_000));
	expect((await long.until(['a'])).kind).toBe('unavailable');
	const again = long.asked.length;
	expect((await long.until(['a'])).kind).toBe('unavailable');
	expect([long.asked.length, again]).toEqual([1, 1]);
	expect(time.elapsed()).toBeLessThan(LIMIT_MS);
});

it('costs no request for what another search has seen, and gives it all the same', async () => {
	const { sight, until, each, asked } = account(() => undefined);
	for (const id of ['a', 'B']) sight.finished.add({ id, status_code: 'completed' });
	const state = await until(['a', 'b', 'c']);
	expect(state.kind === 'finished' && [...state.evaluations.keys()].sort()).toEqual([
		...['a', 'b', 'c'],
	]);
	expect([...(await each(['A', 'b'])).keys()]).toEqual(['a', 'b']);
	expect(asked.map(({ id }) => id)).toEqual(['c']);
});

it('does not ask for what another search finds while it waits for its turn', async () => {
	const { sight, until, time, asked } = account(() => undefined);
	sight.pace.pauseUntil(time.now() + 2_000);
	time.at(1_000, () => sight.finished.add({ id: 'a', status_code: 'completed' }));
	expect((await until(['a'])).kind).toBe('finished');
	expect(asked).toEqual([]);
});

it('waits where an answer asks for a pause, and asks nothing where the pause outlasts it', async () => {
	const pausing = (pauseMs: number) =>
		account((id) => ({ ...found(id), ok: true, value: { id, status_code: 'completed' }, pauseMs }));
	const short = pausing(1_000);
	expect((await short.until(['a', 'b'])).kind).toBe('finished');
	expect((short.asked[1]?.at ?? 0) - (short.asked[0]?.at ?? 0)).toBeGreaterThanOrEqual(1_000);
	const long = pausing(60_000);
	expect((await long.until(['a', 'b'])).kind).toBe('unavailable');
	expect(long.asked).toHaveLength(1);
	expect((await long.until(['b'])).kind).toBe('unavailable');
	expect(long.asked).toHaveLength(1);
});

it('is over when an open one is found: nothing more is asked for the others', async () => {
	const { until, asked, time } = account((id) => (id === 'a' ? found('a', 'running') : undefined));
	expect((await until(['a', ...many(5)], ['a'])).kind).toBe('open');
	await time.during(time.sleep(10_000));
	expect(asked).toHaveLength(1);
});

it('a fault slows down this search alone, a 429 all of the account', async () => {
	const at = async (reaction: Reaction) => {
		const { until, sight, time } = account((_, nth) => (nth === 1 ? refused(reaction) : undefined));
		await until(['a']);
		return sight.pace.pausedUntil > time.now() - 60_000;
	};
	expect([await at('retry'), await at('busy')]).toEqual([false, true]);
});

it('looks at a fault again without a pause of its own after a 429: the pace pauses', async () => {
	const { until, asked } = account((_, nth) => (nth < 3 ? refused('busy', 600) : undefined), 1);
	expect((await until(['a'])).kind).toBe('finished');
	const pauses = asked.slice(1).map((each, n) => each.at - (asked[n]?.at ?? 0));
	for (const ms of pauses) expect(ms).toBeLessThan(900);
});

it('stays with one at a time after faults, which tell nothing', async () => {
	const { until, asked } = account((_, nth) => (nth < 3 ? refused('retry') : undefined), 1);
	await until(['a', 'b', 'c', 'd']);
	expect(asked.length).toBeGreaterThan(3);
	expect(new Set(asked.map(({ at }) => at)).size).toBe(asked.length);
});

it('ends in time, whatever the API does, and goes on with its late answer at the next search', async () => {
	const { until, time, asked } = account(() => undefined, 6_000);
	expect(await until(['a'])).toEqual({ kind: 'unavailable', failure: undefined });
	expect(Math.round(time.elapsed())).toBe(LIMIT_MS);
	await time.during(time.sleep(5_000));
	expect((await until(['a'])).kind).toBe('finished');
	expect(asked).toHaveLength(1);
});

it('takes an answer about another evaluation for none', async () => {
	const { until } = account(() => found('other'));
	expect((await until(['a'])).kind).toBe('unavailable');
});

it('what the API does not know is open, and told as unknown', async () => {
	const { until } = account(() => refused('missing'));
	expect(await until(['a'])).toEqual({ kind: 'open', id: 'a', isUnknown: true });
});

it('looks at each once, whatever their state, and gives what could be seen', async () => {
	const answers: Record<string, Attempt<Evaluation>> = {
		...{ a: found('a', 'running'), b: refused('missing'), c: found('C'), d: refused('closed') },
	};
	const { each, asked } = account((id) => answers[id]);
	expect(
		[...(await each(['a', 'b', 'c']))].map(([id, { status_code }]) => [id, status_code]).sort(),
	).toEqual([
		['a', 'running'],
		['c', 'completed'],
	]);
	expect(asked).toHaveLength(3);
	expect((await each(['d'])).size).toBe(0);
});

it('a stop ends it', async () => {
	const { until, time, asked } = account(() => refused('retry'));
	time.at(100, () => time.stop());
	expect((await until(['a'])).kind).toBe('unavailable');
	expect([asked.length, time.elapsed() < 1_000]).toEqual([1, true]);
});

it('has nothing to look at where nothing is known', async () => {
	const { until, asked } = account(() => undefined);
	expect([(await until([])).kind, asked]).toEqual(['finished', []]);
});
