/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { rows, runOnRows } from '../../lab/scenario/rows';
import { useEmulator } from '../../lab/scenario/useEmulator';

const emulator = useEmulator();
const COUNT = 3_000;
/** Generous: the rows are read in pieces of 15 ms. All at once they take seconds. */
const LONGEST_BLOCK_MS = 250;

/** The longest that nothing else could run, in time that this process really had. */
function watchBlocks(): () => number {
	let longest = 0;
	let isWatching = true;
	let cpu = process.cpuUsage();
	let at = performance.now();
	const turn = () => {
		const { user, system } = process.cpuUsage(cpu);
		longest = Math.max(longest, Math.min(performance.now() - at, (user + system) / 1_000));
		cpu = process.cpuUsage();
		at = performance.now();
		if (isWatching) setImmediate(turn);
	};
	turn();
	return () => {
		isWatching = false;
		return longest;
	};
}

it('lets n8n do other work while thousands of rows are read and their keys are made', async () => {
	const parameters = {
		operation: 'submitAndWait',
		taskType: '={{ $json.row % 2 ? "headshot" : "product_photography" }}',
		additionalFields: {
			clientRef: '=row-{{ $json.row }}',
			generationPrompt: '={{ "Picture " + $json.row }}',
			maximumCost: 1,
		},
	};
	await runOnRows(emulator.url, parameters, rows(1));
	const longest = watchBlocks();
	const run = await runOnRows(emulator.url, parameters, rows(COUNT));
	expect(run.error?.description).toContain(`${COUNT} evaluations cost`);
	expect(longest()).toBeLessThan(LONGEST_BLOCK_MS);
}, 120_000);
