import { FAULT_KINDS, runCampaign } from './campaign';
import type { Campaign, Figures } from './campaign';

/** What the figures of one item take at the most. */
const PATIENCE_MS_AN_ITEM = 90;
const LEAST_PATIENCE_MS = 120_000;

/** Executions and items of each campaign. */
export interface Volume {
	eachKind: [executions: number, items: number];
	allKinds: [executions: number, items: number];
	retryOnFail: [executions: number, items: number];
	/** Share of the requests that faults must have struck for the campaign to say something. */
	leastStruck: number;
}

/** Declares a test for each campaign; fills the map with their figures. */
export function describeFaults(volume: Volume): Map<string, Figures> {
	const figuresByName = new Map<string, Figures>();
	describe('a fifth of all requests goes wrong', () => {
		it.concurrent.each(campaigns(volume))(
			'%s: every item billed once, with its own verdict',
			async (name, campaign) => {
				const figures = await runCampaign(campaign);
				figuresByName.set(name, figures);
				check(figures, volume);
			},
			LEAST_PATIENCE_MS + PATIENCE_MS_AN_ITEM * volume.allKinds[0] * volume.allKinds[1],
		);
	});
	return figuresByName;
}

function campaigns({ eachKind, allKinds, retryOnFail }: Volume): Array<[string, Campaign]> {
	const sized = ([executions, itemsEach]: [number, number]) => ({ executions, itemsEach });
	return [
		...FAULT_KINDS.map((kind, index): [string, Campaign] => [
			kind,
			{ kinds: [kind], seed: 100 + index, ...sized(eachKind) },
		]),
		['all kinds', { kinds: FAULT_KINDS, seed: 1, ...sized(allKinds) }],
		[
			'all kinds, Retry On Fail',
			{ kinds: FAULT_KINDS, seed: 2, retryOnFail: true, ...sized(retryOnFail) },
		],
		[
			'all kinds, Retry in the executions list',
			{ kinds: FAULT_KINDS, seed: 3, retryInList: true, ...sized(retryOnFail) },
		],
	];
}

function check(figures: Figures, { leastStruck }: Volume): void {
	expect(figures.wrong.slice(0, 5)).toEqual([]);
	expect(figures.billedTwice).toEqual([]);
	expect([figures.existing, figures.billed]).toEqual([figures.submits, figures.submits]);
	expect(injected(figures) / figures.requests).toBeGreaterThan(leastStruck);
	// Only what lost its answer is sent again: a retry reads what it knows to be accepted.
	expect(figures.replays).toBeLessThan(0.5 * figures.submits);
}

/** How many requests a fault struck. */
export function injected({ faults }: Figures): number {
	return Object.values(faults).reduce((sum, count) => sum + count, 0);
}
