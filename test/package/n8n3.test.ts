/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { readdirSync } from 'node:fs';
import path from 'node:path';

import type { ScriptedOutcome } from '../../lab/emulator';
import { readExample } from '../../lab/n8n/exampleFiles';
import { isRecord, readRecords } from '../../lab/n8n/read';
import { operate, rows } from '../../lab/scenario/evaluate';
import { useEmulator } from '../../lab/scenario/useEmulator';

/** Node types that n8n 3.0 removed, after "n8n-nodes-base.". */
const REMOVED = ['cron', 'function', 'functionItem', 'interval', 'itemLists', 'openAi', 'start'];
const AGENT = '@n8n/n8n-nodes-langchain.agent';

const files = readdirSync(path.join(__dirname, '../../examples')).filter((file) =>
	file.endsWith('.json'),
);

it.each(files)('%s runs in n8n 3.0, as far as its nodes are concerned', (file) => {
	const nodes = readRecords(readExample(file).nodes, 'nodes');
	const old = nodes.filter(
		({ type, typeVersion }) =>
			REMOVED.some((name) => type === `n8n-nodes-base.${name}`) ||
			(type === AGENT && Number(typeVersion) < 2),
	);
	expect(old).toEqual([]);
	const sources = nodes.map(({ parameters }) => isRecord(parameters) && parameters.source);
	for (const gone of ['localFile', 'url']) expect(sources).not.toContain(gone);
	expect(JSON.stringify(nodes)).not.toContain('$getPairedItem');
});

describe('Always Output Data', () => {
	const emulator = useEmulator({ latency: { distribution: 'fixed', minMs: 1 } });

	const OUTCOMES: Record<string, ScriptedOutcome> = {
		passed: { overall_passed: true },
		'not passed': { overall_passed: false },
		undecided: { overall_passed: null },
		failed: { status_code: 'failed', failure_code: 'invalid_media' },
	};

	async function countsOf(outcome: ScriptedOutcome | undefined, alwaysOutputData: boolean) {
		emulator.options.outcome = () => outcome;
		const taskType = outcome === undefined ? '={{ "" }}' : 'headshot';
		const parameters = { operation: 'submitAndWait', splitByVerdict: true, taskType };
		const run = await operate(emulator, parameters, rows(1), {
			onError: 'continueRegularOutput',
			node: { alwaysOutputData },
		});
		return run.after.map((items) => items.map(({ json }) => Object.keys(json).length > 0));
	}

	it.each([...Object.entries(OUTCOMES), ['a bad row', undefined] as const])(
		"%s: one output has the item, so n8n 3.0's rule adds none",
		async (_name, outcome) => {
			expect((await countsOf(outcome, false)).flat()).toEqual([true]);
		},
	);

	it.each([
		['passed', [[false], [], [true]]],
		['not passed', [[false], [true], []]],
		['failed', [[true], [], []]],
	])('%s: n8n 2.41 adds an empty item to No Verdict alone, if that is empty', async (name, all) => {
		expect(await countsOf(OUTCOMES[name], true)).toEqual(all);
	});
});
