/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import Table from 'cli-table3';

import { FAULT_KINDS, runCampaign } from '../../lab/faults/campaign';
import type { Campaign, Figures } from '../../lab/faults/campaign';

const MINUTE = 60_000;

/** `FAULT_SUBMITS=10000` runs the whole suite; `npm test` runs a fifth of it. */
const SUBMITS = Number(process.env.FAULT_SUBMITS ?? 2_000);
const SCALE = Math.max(1, Math.round(SUBMITS / 2_000));

const campaigns: Array<[string, Campaign]> = [
	...FAULT_KINDS.map((kind, index): [string, Campaign] => [
		kind,
		{ kinds: [kind], seed: 100 + index, executions: SCALE, itemsEach: 100 },
	]),
	['all kinds', { kinds: FAULT_KINDS, seed: 1, executions: 3 * SCALE, itemsEach: 200 }],
	[
		'all kinds, Retry On Fail',
		{ kinds: FAULT_KINDS, seed: 2, executions: 2 * SCALE, itemsEach: 250, retryOnFail: true },
	],
];

const results = new Map<string, Figures>();

describe('a fifth of all requests goes wrong', () => {
	it.concurrent.each(campaigns)(
		'%s: every item billed once, with its own verdict',
		async (name, campaign) => {
			const figures = await runCampaign(campaign);
			results.set(name, figures);
			expect(figures.wrong.slice(0, 5)).toEqual([]);
			expect(figures.billedTwice).toEqual([]);
			expect([figures.existing, figures.billed]).toEqual([figures.submits, figures.submits]);
			const injected = Object.values(figures.faults).reduce((sum, count) => sum + count, 0);
			expect(injected / figures.requests).toBeGreaterThan(0.08);
			if (campaign.retryOnFail) expect(figures.replays).toBeGreaterThan(0.8 * figures.submits);
		},
		SCALE * 3 * MINUTE,
	);
});

afterAll(() => {
	if (process.env.FAULT_SUBMITS === undefined) return;
	const table = new Table({
		style: { head: [], border: [] },
		head: ['faults', 'submits', 'requests', 'injected', 'replays', 'billed twice', 'wrong', 's'],
	});
	for (const [name, each] of results) {
		const injected = Object.values(each.faults).reduce((sum, count) => sum + count, 0);
		const { submits, requests, replays, billedTwice, wrong, seconds } = each;
		table.push([
			name,
			submits,
			requests,
			injected,
			replays,
			billedTwice.length,
			wrong.length,
			seconds.toFixed(1),
		]);
	}
	process.stdout.write(`${table.toString()}\n`);
});
