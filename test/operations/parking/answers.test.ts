import { PLAIN_SHAPE } from '../../../nodes/Runflow/parameters/verdict';
import { passed, refused, run, running, UNTIL } from './parkedRun';
import type { Looks } from './parkedRun';

it('says to the sender and to the log what stands in the way', async () => {
	const told = async (looks: Looks, body = '', before?: (world: { now: number }) => void) => {
		const { call, world } = run(looks);
		before?.(world);
		const { message, log } = await call(body);
		return [message, log?.level, log?.text];
	};
	const again = 'Not all evaluations could be looked up; deliver again';
	const failed = 'could not look up all evaluations for a callback: ';
	const open = 'It is not finished yet for those who look; deliver again';
	expect([
		await told({}),
		await told({ a: running('a') }, 'a'),
		await told({ a: running('a') }),
		await told({ a: refused('missing') }),
		await told({ a: { ok: true, value: passed('other') } }),
		await told({ a: refused('closed', 401) }),
		await told({}, '', (world) => (world.now = UNTIL)),
	]).toEqual([
		['The execution goes on', undefined, undefined],
		[open, undefined, undefined],
		['Others are not finished yet', undefined, undefined],
		[open, 'warn', expect.stringMatching(/^got a callback, but Runflow does not know/)],
		[again, 'warn', `${failed}there was not enough time, or not the right answer`],
		[again, 'warn', expect.stringMatching(new RegExp(`^${failed}.*API key`))],
		[
			'The time to wait is over',
			'info',
			"got a callback after the timeout: 'Get' reads the verdicts",
		],
	]);
	const twice = run();
	twice.world.goingOn = true;
	const { message, log } = await twice.call();
	expect([message, log]).toEqual(['Another callback has just made the execution go on', undefined]);
});

it('gives each row its own shape and bills what this execution was billed', async () => {
	const looks = Object.fromEntries(
		['a', 'b'].map((id) => [id, { ok: true as const, value: { ...passed(id), cost: '0.4' } }]),
	);
	const shapes = [PLAIN_SHAPE, { ...PLAIN_SHAPE, simple: false }];
	const { start: [items = []] = [] } = await run(looks, {
		split: false,
		unbilled: [0],
		shapes,
	}).call();
	expect(items.map(({ json }) => 'input' in json)).toEqual([false, false]);
	expect(items.map(({ json }) => json.billed_credits)).toEqual([0, 0.4]);
	expect(Object.keys(items[1]?.json ?? {}).length).not.toBe(
		Object.keys(items[0]?.json ?? {}).length,
	);
});
