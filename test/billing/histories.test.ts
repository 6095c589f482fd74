import * as fc from 'fast-check';

import { faultsIn, history, historyOf, play, written } from '../../lab/histories';
import type { Example } from '../../lab/histories';

const HOUR_MS = 3_600_000;
const RUNS = 50;
const SEEDS = [1, 2, 3, 4, 5, 6];

it.each(SEEDS)(
	`${RUNS} random histories: no other image's verdict, nothing lost, nothing billed twice, no limit exceeded (seed %i)`,
	async (seed) => {
		const property = fc.asyncProperty(history, async (each) => {
			const faults = faultsIn(await play(each));
			expect({ history: written(each), faults }).toEqual({ history: written(each), faults: [] });
		});
		await fc.assert(property, { numRuns: RUNS, seed });
	},
);

/** Histories that were found so, each with the fault that it showed. */
const FOUND: Array<[fault: string, ...Example]> = [
	[
		'verdicts that are there at once left the limit open for the next round',
		{ durationMs: 0 },
		{ asks: 'onChange', maximumCost: 0.4 },
		[{ rounds: [[0], [0]] }],
	],
	[
		'a file was another asset, and so another question, in each execution',
		{},
		{ asks: 'ownKey', image: 'file' },
		[{}, {}],
	],
	[
		'calls of an agent at once did not know of each other’s cost',
		{},
		{ maximumCost: 0.4, isTool: true },
		[{ rounds: [[0, 1]] }],
	],
	[
		'a retry asked with its own callback URL for what was lost with another',
		{ submits: ['lostAfter', 'lostAfter'] },
		{ mode: 'callback', timeoutSeconds: 20 },
		[{ cut: { kind: 'stall', atMs: 1_100 } }, { isRetry: true }],
	],
	[
		'a refusal of one call gave back what an equal call had reserved',
		{ submits: ['402'] },
		{ maximumCost: 0.4, timeoutSeconds: 20, isTool: true },
		[{ rounds: [[0, 0]], tries: 3 }],
	],
	[
		'equal calls at once were billed each under an API that ignores keys',
		{ keys: 'ignore' },
		{ maximumCost: 0.4, timeoutSeconds: 20, isTool: true },
		[{ rounds: [[0, 0]] }],
	],
	[
		'equal rows that anyone may ask counted as two for the next round',
		{},
		{ asks: 'onChange', timeoutSeconds: 20 },
		[{ rounds: [[2], [2, 0]] }, { rounds: [[2, 2], [2]] }],
	],
	[
		'what was on its way at Stop was taken for surely not accepted',
		{ submits: ['hangs'] },
		{ asks: 'ownKey', maximumCost: 0.4, timeoutSeconds: 20 },
		[{ rounds: [[0, 1]], cut: { kind: 'stop', atMs: 120 } }],
	],
	[
		'after a Stop the retry asked with another callback URL',
		{ submits: ['hangs'] },
		{ asks: 'ownKey', mode: 'callback', timeoutSeconds: 20 },
		[{ cut: { kind: 'stop', atMs: 0 } }, { isRetry: true }],
	],
	[
		'Retry On Fail asked anew what had failed at Runflow',
		{ fails: [0], durationMs: 0, submits: ['fine', '402'] },
		{ timeoutSeconds: 20 },
		[{ rounds: [[0, 1]], tries: 2 }],
	],
	[
		'what a Retry had asked for before it crashed was taken for somebody else’s by the next, and billed anew',
		{ knowsUploadKeys: false },
		{ asks: 'onChange', image: 'file', maximumCost: 2, timeoutSeconds: 20 },
		[
			{ cut: { kind: 'stop', atMs: 0 } },
			{ isRetry: true, cut: { kind: 'crash', atMs: 1_100 } },
			{ isRetry: true },
		],
	],
	[
		'what an execution had paid before it crashed left the limit open for other rows of its Retry',
		{},
		{ mode: 'submit', maximumCost: 0.4, timeoutSeconds: 20, isTool: true },
		[
			{ rounds: [[1, 0]], tries: 2, cut: { kind: 'crash', atMs: 1_100 } },
			{ isRetry: true, tries: 3 },
		],
	],
	[
		'times of another clock than the Date header left the limit open',
		{ timesAheadMs: -HOUR_MS, durationMs: 0 },
		{ asks: 'onChange', maximumCost: 0.4 },
		[{ rounds: [[0, 1]] }],
	],
	[
		'times of another clock made a failure of now an old one, which was asked anew three times',
		{ timesAheadMs: -HOUR_MS, durationMs: 0, fails: [0, 1, 2, 3] },
		{ asks: 'onChange' },
		[{}],
	],
	[
		'times of another clock made a verdict of an earlier execution a new one',
		{ timesAheadMs: HOUR_MS, refusesDuplicates: true },
		{},
		[{}, {}],
	],
	[
		'an API that takes no image twice passed the verdict of an earlier round',
		{ refusesDuplicates: true },
		{},
		[{ rounds: [[0], [0]] }],
	],
	[
		'waiting for what had called back already forgot what a round of a loop had asked',
		{ durationMs: 0 },
		{ mode: 'callback' },
		[{ rounds: [[0], [0]] }],
	],
	[
		'a price list that did not come in a Retry: "Nothing was submitted" of what was billed before',
		{ submits: ['hangs'] },
		{ maximumCost: 2, timeoutSeconds: 20 },
		[{}, { isRetry: true, cut: { kind: 'stall', atMs: 0 } }],
	],
	[
		'a limit that closed the line: "The image was not submitted" of one that was, without an answer',
		{ keys: 'inFlightOnly', submits: ['pageAfter', '429'] },
		{ asks: 'ownKey', maximumCost: 0.4, timeoutSeconds: 20 },
		[{ rounds: [[1, 0]] }],
	],
	[
		'one clock for the beginning and another for the end made an evaluation older than it is',
		{ timesAheadMs: -HOUR_MS, workersAheadMs: HOUR_MS, tellsDuration: false },
		{ asks: 'ownKey' },
		[{}],
	],
	[
		'after a crash a round with fewer equal rows left a verdict of theirs to a later round',
		{},
		{},
		[
			{ rounds: [[0, 0], [0]], cut: { kind: 'crash', atMs: 6_000 } },
			{ isRetry: true, hasOtherRows: true, rounds: [[0], [0]] },
		],
	],
	[
		'a round that asked for other images in a Retry left its verdict to a later round',
		{ submits: ['fine', 'fine', '402'] },
		{},
		[
			{ rounds: [[0], [0, 1], [0]] },
			{ isRetry: true, hasOtherRows: true, rounds: [[0], [2], [0]] },
		],
	],
];

it.each(FOUND)('%s', async (_, ...example) => {
	expect(faultsIn(await play(historyOf(...example)))).toEqual([]);
});

it('a Retry goes on under the key of its own that it had when the balance was too low', async () => {
	const course = await play(
		historyOf(
			{ knowsUploadKeys: false, submits: ['fine', 'fine', '402'] },
			{ asks: 'onChange', image: 'file' },
			[{}, {}, { isRetry: true }],
		),
	);
	const kinds = course.batches.map(({ endings }) => endings?.get(0)?.kind);
	expect([kinds, faultsIn(course)]).toEqual([['done', 'failed', 'done'], []]);
});

it('what a crashed execution has surely paid is told at once in every try of its Retry', async () => {
	const course = await play(
		historyOf({}, { mode: 'submit', maximumCost: 0.4 }, [
			{ cut: { kind: 'crash', atMs: 175 } },
			{ isRetry: true, tries: 2 },
		]),
	);
	const tries = course.batches.slice(1).map(({ endings, tookMs }) => {
		const ending = endings?.get(0);
		return [ending?.kind === 'failed' ? ending.failure.status : ending?.kind, tookMs < 5_000];
	});
	expect(tries).toEqual([
		[409, true],
		[409, true],
	]);
});
