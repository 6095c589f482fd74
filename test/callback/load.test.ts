import { Load } from '../../nodes/Runflow/callback/load';

it('takes so much at a time, refuses the rest at once, and takes again what ends, well or not', async () => {
	const load = new Load(2);
	const ends: Array<(well: boolean) => void> = [];
	const work = async () =>
		await new Promise<string>((resolve, reject) => {
			ends.push((well) => (well ? resolve('done') : reject(new Error('no'))));
		});
	const [first, second] = [load.take(work), load.take(work)];
	expect(await load.take(work)).toBeUndefined();
	expect(ends).toHaveLength(2);
	ends[0]?.(false);
	await expect(first).rejects.toThrow('no');
	const third = load.take(work);
	expect(await load.take(work)).toBeUndefined();
	ends.slice(1).forEach((end) => end(true));
	expect(await Promise.all([second, third])).toEqual(['done', 'done']);
});
