import { sleep } from 'n8n-workflow';

import { Load } from '../../nodes/Runflow/callback/load';

/** Work that ends when told to, at a clock that is set by hand. */
function start(limits: { atOnce: number; longestLine: number }) {
	const clock = { ms: 1_000 };
	const load = new Load({ ...limits, patienceMs: 100 }, () => clock.ms);
	const ends: Array<(well: boolean) => void> = [];
	const take = async () =>
		await load.take(
			async () =>
				await new Promise<string>((resolve, reject) => {
					ends.push((well) => (well ? resolve('done') : reject(new Error('no'))));
				}),
		);
	return { clock, ends, take };
}

const settled = async () => await sleep(1);

it('does so much at a time, the next in line when one ends, well or not, and sends the rest away', async () => {
	const { ends, take } = start({ atOnce: 2, longestLine: 1 });
	const [first, second, third] = [take(), take(), take()];
	expect(await take()).toBeUndefined();
	expect(ends).toHaveLength(2);
	ends[0]?.(false);
	await expect(first).rejects.toThrow('no');
	await settled();
	expect(ends).toHaveLength(3);
	ends.slice(1).forEach((end) => end(true));
	expect(await Promise.all([second, third])).toEqual(['done', 'done']);
	const [again, besides] = [take(), take()];
	await settled();
	expect(ends).toHaveLength(5);
	ends.slice(3).forEach((end) => end(true));
	expect(await Promise.all([again, besides])).toEqual(['done', 'done']);
});

it('sends away who waited too long for a turn, and takes the next', async () => {
	const { clock, ends, take } = start({ atOnce: 1, longestLine: 9 });
	const [first, late] = [take(), take()];
	clock.ms += 101;
	const next = take();
	ends[0]?.(true);
	expect(await first).toBe('done');
	expect(await late).toBeUndefined();
	await settled();
	expect(ends).toHaveLength(2);
	ends[1]?.(true);
	expect(await next).toBe('done');
});
