import * as fc from 'fast-check';

import { faultsIn, history, play, written } from '../../lab/histories';

const RUNS = 10_000;
const SEED = 2;

it(`${RUNS} random histories on virtual time`, async () => {
	const property = fc.asyncProperty(history, async (each) => {
		const faults = faultsIn(await play(each));
		expect({ history: written(each), faults }).toEqual({ history: written(each), faults: [] });
	});
	await fc.assert(property, { numRuns: RUNS, seed: SEED });
}, 600_000);
