/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import Table from 'cli-table3';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import type { Emulator } from '../../lab/emulator';
import { nodeRun, retryFailed } from '../../lab/engine';
import type { NodeRun, RunNodeOptions, WorkflowRun } from '../../lab/engine';
import { jsonOf, rows } from '../../lab/scenario/evaluate';
import { runOnRows } from '../../lab/scenario/rows';
import { useEmulator } from '../../lab/scenario/useEmulator';

const COUNT = 8;
const CHANGED_URL = 'https://images.example.com/made-anew.png';
const BEHAVIOURS = { compares: 409, replays: 'replay', ignores: 'ignore' } as const;

interface Case {
	name: string;
	/** How many evaluations there are to be in the end. */
	billed: number;
	/** The row whose image is another one in the end. */
	changedRow?: (emulator: Emulator) => number;
	run: (emulator: Emulator) => Promise<NodeRun>;
}

function withChanged(changedRow?: number): INodeExecutionData[] {
	return rows(COUNT).map(({ json }, row) =>
		row === changedRow ? { json: { ...json, url: CHANGED_URL } } : { json },
	);
}

/** The first row that was not submitted when the batch was cut off after three. */
const firstUnsubmitted = ({ evaluations }: Emulator): number => {
	const refs = evaluations.slice(0, 3).map(({ clientRef }) => clientRef);
	return [...Array(COUNT).keys()].find((row) => !refs.includes(`row-${row}`)) ?? -1;
};

async function judge(
	{ url }: Emulator,
	additionalFields: INodeParameters = {},
	items = rows(COUNT),
	options: RunNodeOptions = {},
): Promise<NodeRun> {
	const fields = { clientRef: '=row-{{ $json.row }}', ...additionalFields };
	const parameters = { operation: 'submitAndWait', additionalFields: fields };
	return await runOnRows(url, parameters, items, options);
}

/** The balance ends after three rows, and is there again for the retry. */
async function cutOff(emulator: Emulator): Promise<NodeRun> {
	emulator.configure({ balance: '1.200000', inFlightCap: 1 });
	const failed = await judge(emulator);
	expect(failed.error?.httpCode).toBe('402');
	emulator.configure({ balance: null, inFlightCap: 1_000 });
	return failed;
}

/** The saved workflow reads one row's image from elsewhere by now. */
function corrected({ options, run }: WorkflowRun, changedRow: number) {
	const generatedImageUrl = `={{ $json.row === ${changedRow} ? "${CHANGED_URL}" : $json.url }}`;
	const stored = run.data.executionData?.nodeExecutionStack[0];
	if (stored === undefined) throw new Error('Nothing to try again');
	stored.node.parameters = { ...stored.node.parameters, generatedImageUrl };
	return options.nodes.map((node) => (node.name === stored.node.name ? stored.node : node));
}

const CASES: Case[] = [
	{
		name: 'Retry On Fail',
		billed: COUNT,
		run: async (emulator) => {
			const pathPrefix = '/v1/evaluations';
			emulator.options.forcedAnswers = [{ method: 'POST', pathPrefix, status: 400, count: 1 }];
			const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
			return await judge(emulator, {}, rows(COUNT), settings);
		},
	},
	{
		name: 'Retry, original workflow',
		billed: COUNT,
		run: async (emulator) => nodeRun(await retryFailed(await cutOff(emulator))),
	},
	{
		name: 'Retry, saved workflow, one image changed',
		billed: COUNT,
		changedRow: firstUnsubmitted,
		run: async (emulator) => {
			const failed = await cutOff(emulator);
			const nodes = corrected(failed, firstUnsubmitted(emulator));
			return nodeRun(await retryFailed(failed, { nodes }));
		},
	},
	{
		name: "second execution, user's key",
		billed: COUNT,
		run: async (emulator) => {
			await judge(emulator, { idempotencyKey: 'SKU-1' });
			return await judge(emulator, { idempotencyKey: 'SKU-1' });
		},
	},
	{
		name: "second execution, user's key, one image changed",
		billed: COUNT + 1,
		changedRow: () => 3,
		run: async (emulator) => {
			await judge(emulator, { idempotencyKey: 'SKU-1' });
			return await judge(emulator, { idempotencyKey: 'SKU-1' }, withChanged(3));
		},
	},
];

/** Rows without the verdict on their own image. */
function wrong(emulator: Emulator, run: NodeRun, items: INodeExecutionData[]): number {
	const judged = jsonOf(run.after[0]);
	return items.filter(({ json: { row, url } }, at) => {
		const { id, verdict } = judged[at] ?? {};
		const record = emulator.evaluation(String(id));
		const expected = record?.outcome?.overall_passed ? 'passed' : 'not_passed';
		const isOwn = record?.clientRef === `row-${row}` && record.body.generated_image_url === url;
		return !isOwn || verdict !== expected;
	}).length;
}

const table = new Table({
	style: { head: [], border: [] },
	head: ['a known key with another body', 'what happens', 'evaluations', 'billed', 'wrong'],
});

afterAll(() => void process.stdout.write(`${table.toString()}\n`));

describe.each(Object.entries(BEHAVIOURS))('an API that %s', (word, behaviour) => {
	const emulator = useEmulator({
		idempotencyConflictStatus: behaviour,
		latency: { distribution: 'fixed', minMs: 20 },
	});

	it.each(CASES)('$name: $billed billed, none wrong', async ({ name, billed, changedRow, run }) => {
		const judged = await run(emulator);
		const ledger = emulator.ledger();
		const mistaken = wrong(emulator, judged, withChanged(changedRow?.(emulator)));
		table.push([word, name, ledger.submitted, ledger.billed, mistaken]);
		expect([ledger.submitted, ledger.billed, mistaken]).toEqual([billed, billed, 0]);
	});
});
