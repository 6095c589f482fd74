import { VirtualTime } from '../../lab/simulation/virtualTime';
import { systemTimer, within } from '../../nodes/Runflow/callback/timer';

const lasting = (time: VirtualTime, ms: number) => async () => {
	await time.sleep(ms);
	return 'done';
};

it.each([
	[999, 'done'],
	[1_001, undefined],
])('work of %d ms within a second comes to %s', async (ms, expected) => {
	const time = new VirtualTime();
	expect(await time.during(within(1_000, time, lasting(time, ms)))).toBe(expected);
});

it('no more than a turn counts of the time that a process was late', async () => {
	const time = new VirtualTime();
	const late = { now: () => time.now(), sleep: async () => await time.sleep(10_000) };
	expect(await time.during(within(1_000, late, lasting(time, 35_000)))).toBe('done');
	expect(await time.during(within(1_000, late, lasting(time, 45_000)))).toBeUndefined();
});

it('the signal is aborted when the time is up, and when the work is done', async () => {
	const time = new VirtualTime();
	const signals: AbortSignal[] = [];
	const work = (ms: number) => async (signal: AbortSignal) => {
		signals.push(signal);
		return await lasting(time, ms)();
	};
	await time.during(within(100, time, work(50)));
	await time.during(within(100, time, work(150)));
	expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
});

it('nobody watches the clock for work that is done', async () => {
	const time = new VirtualTime();
	let sleeps = 0;
	const sleep = async (ms: number) => {
		sleeps += 1;
		await time.sleep(ms);
	};
	await time.during(within(60_000, { now: () => time.now(), sleep }, lasting(time, 250)));
	await time.during(time.sleep(60_000));
	expect(sleeps).toBe(3);
});

it('what goes wrong in time is told, and later nobody hears of it', async () => {
	const time = new VirtualTime();
	const failing = (ms: number) => async () => {
		await time.sleep(ms);
		throw new Error('no');
	};
	await expect(time.during(within(100, time, failing(50)))).rejects.toThrow('no');
	expect(await time.during(within(100, time, failing(150)))).toBeUndefined();
	await time.during(time.sleep(100));
});

it("the machine's own time goes on, and is slept away a turn at a time", async () => {
	const since = systemTimer.now();
	await systemTimer.sleep(60_000);
	await systemTimer.sleep(-1);
	const passed = systemTimer.now() - since;
	expect(passed).toBeGreaterThan(50);
	expect(passed).toBeLessThan(30_000);
});
