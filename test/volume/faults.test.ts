/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import Table from 'cli-table3';

import { describeFaults, injected } from '../../lab/faults/suite';

/** About so many in all, in steps of 2,000. */
const SUBMITS = Number(process.env.FAULT_SUBMITS ?? 2_000);
const SCALE = Math.max(1, Math.round(SUBMITS / 2_000));

const results = describeFaults({
	eachKind: [SCALE, 100],
	allKinds: [3 * SCALE, 200],
	retryOnFail: [2 * SCALE, 250],
	leastStruck: 0.08,
});

afterAll(() => {
	const table = new Table({
		style: { head: [], border: [] },
		head: ['faults', 'submits', 'requests', 'injected', 'replays', 'billed twice', 'wrong', 's'],
	});
	for (const [name, figures] of results) {
		const { submits, requests, replays, billedTwice, wrong, seconds } = figures;
		const counts = [submits, requests, injected(figures), replays];
		table.push([name, ...counts, billedTwice.length, wrong.length, seconds.toFixed(1)]);
	}
	process.stdout.write(`${table.toString()}\n`);
});
