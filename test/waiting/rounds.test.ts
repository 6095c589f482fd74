import { networkFailure } from '../../nodes/Runflow/api/failure';
import type { Attempt } from '../../nodes/Runflow/api/attempt';
import { runRounds } from '../../nodes/Runflow/waiting/rounds';
import { VirtualTime } from '../../lab/simulation/virtualTime';

const SECOND = 1_000;
const LOST: Attempt<number> = {
	ok: false,
	failure: { ...networkFailure({ subject: 'Run' }), reaction: 'rejected' },
};

/** Item n is there after n seconds, and never when it is below zero. */
async function run(items: number[], waitMs: number, options = { stopOnFailure: true }) {
	const time = new VirtualTime();
	const asked: number[] = [];
	const request = async (item: number): Promise<Attempt<number>> => {
		asked.push(item);
		if (Number.isNaN(item)) return LOST;
		return { ok: true, value: item >= 0 && time.elapsed() >= item * SECOND ? 1 : 0 };
	};
	const awaited = { isThere: (value: number) => value === 1, waitMs };
	const rounds = runRounds(new Map(items.entries()), request, { ...options, awaited }, time);
	const outcomes = await time.during(rounds);
	return { outcomes: [...outcomes.values()], asked, seconds: time.elapsed() / SECOND };
}

it('asks again for what is not there yet, and for nothing else', async () => {
	const { outcomes, asked, seconds } = await run([0, 25], 60 * SECOND);
	expect(outcomes).toEqual([
		{ kind: 'done', value: 1 },
		{ kind: 'done', value: 1 },
	]);
	expect(asked).toEqual([0, 25, 25, 25, 25]);
	expect(seconds).toBeCloseTo(30, 0);
});

it('ends with the last answer when the time is up', async () => {
	const { outcomes, seconds } = await run([-1], 24 * SECOND);
	expect(outcomes).toEqual([{ kind: 'done', value: 0 }]);
	expect(seconds).toBeCloseTo(24, 0);
});

it('asks once when nothing is waited for', async () => {
	expect((await run([-1], 0)).asked).toEqual([-1]);
});

it('ends at a failure, unless the others go on', async () => {
	expect((await run([NaN, -1], 24 * SECOND)).seconds).toBeLessThan(1);
	const { outcomes, seconds } = await run([NaN, 5], 24 * SECOND, { stopOnFailure: false });
	expect(outcomes.map(({ kind }) => kind)).toEqual(['failed', 'done']);
	expect(seconds).toBeCloseTo(10, 0);
});

it('a stop ends it, and is told', async () => {
	const time = new VirtualTime();
	time.at(5 * SECOND, () => time.stop());
	const rounds = runRounds(
		new Map([[0, 0]]),
		async () => ({ ok: true, value: 0 }) as const,
		{ stopOnFailure: true, awaited: { isThere: () => false, waitMs: 60 * SECOND } },
		time,
	);
	const outcomes = await time.during(rounds);
	expect(outcomes.get(0)).toMatchObject({ kind: 'failed', failure: { kind: 'stopped' } });
});
