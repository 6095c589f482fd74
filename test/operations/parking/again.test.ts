/** @jest-environment-options {"speed": 10} */
import { sleep } from 'n8n-workflow';
import type { INodeParameters } from 'n8n-workflow';

import { nodeRun, retryCrashed } from '../../../lab/engine';
import type { NodeRun, RunNodeOptions } from '../../../lab/engine';
import { rowsWithFiles, runOnRows } from '../../../lab/scenario/rows';
import { callBack, countRequests, idsByRow, park, PASSED } from '../../../lab/scenario/parked';
import { useEmulator } from '../../../lab/scenario/useEmulator';

const NOT_PASSED = { overall_passed: false, weighted_pass_rate: 0.3 };
const ROWS = 6;

const emulator = useEmulator({ latency: 'manual', callbackRetryDelaysMs: [] });

describe('Retry with the saved workflow of an execution that crashed after it went on', () => {
	async function retried(
		parameters: INodeParameters,
		options: RunNodeOptions = {},
	): Promise<{ before: NodeRun; again: NodeRun }> {
		const parked = await park(emulator, ROWS, parameters, options);
		const ids = idsByRow(emulator);
		for (const [row, id] of ids.entries()) emulator.settle(id, row % 2 ? NOT_PASSED : PASSED);
		const resumption = await callBack(parked, ids[0] ?? '');
		if (resumption.resumed === undefined) throw new Error('not resumed');
		return { before: resumption.resumed, again: nodeRun(await retryCrashed(resumption)) };
	}

	it.each([
		['the rows by name', { generatedImageUrl: "={{ $('Start').item.json.url }}" }],
		['the items', {}],
		['the items, split', { splitByVerdict: true }],
		['the items, the whole object', { options: { simple: false } }],
	])('hands out again what it has, with parameters from %s', async (_, parameters) => {
		const { before, again } = await retried(parameters, { pairedCheck: false });
		expect([again.status, again.after]).toEqual(['success', before.after]);
		expect(countRequests(emulator, 'POST')).toBe(ROWS);
	});

	it('knows the rows and those in error', async () => {
		const taskType = '={{ $json.row === 2 ? "" : "headshot" }}';
		const { again } = await retried({ taskType }, { onError: 'continueRegularOutput' });
		expect(again.after[0]?.map(({ json }) => json.error ?? json.client_ref)).toEqual([
			...['row-0', 'row-1', "'Task Type' is empty", 'row-3', 'row-4', 'row-5'],
		]);
		expect(again.origins[0]?.map(({ row }) => row)).toEqual([0, 1, 2, 3, 4, 5]);
		expect(countRequests(emulator, 'POST')).toBe(ROWS - 1);
	});
});

describe('evaluations that report to an earlier execution', () => {
	const SAME_KEY = {
		additionalFields: { clientRef: '=row-{{ $json.row }}', idempotencyKey: '=k-{{ $json.row }}' },
	};

	/** An execution that submits the same and does not wait. */
	async function submitEarlier(count: number, parameters: INodeParameters): Promise<void> {
		const submit = { operation: 'submit', ...parameters };
		await runOnRows(emulator.url, submit, rowsWithFiles(count));
	}

	// Under a key that others share nothing calls back; what has a key of its own does.
	const again = (evaluateAgain: string) => ({
		additionalFields: { clientRef: '=row-{{ $json.row }}', evaluateAgain },
	});
	const THIRD_ALWAYS = again('={{ $json.row === 2 ? "always" : "onChange" }}');

	it.each(['short', 'full'] as const)('are awaited before it parks (answer %s)', async (answer) => {
		emulator.options.idempotencyConflictStatus = 'replay';
		emulator.options.submitAnswer = answer;
		await submitEarlier(2, again('onChange'));
		const second = park(emulator, 3, THIRD_ALWAYS);
		await sleep(3_000);
		const ids = idsByRow(emulator);
		for (const id of ids.slice(0, 2)) emulator.settle(id, PASSED);
		const parked = await second;
		expect(parked.status).toBe('waiting');
		expect(ids).toHaveLength(3);
		emulator.settle(ids[2] ?? '', PASSED);
		const { resumed } = await callBack(parked, ids[2] ?? '');
		expect(resumed?.after[0]?.map(({ json }) => json.verdict)).toEqual([
			...['passed', 'passed', 'passed'],
		]);
	});

	it('do not park it when they are all there is', async () => {
		emulator.options.idempotencyConflictStatus = 'replay';
		await submitEarlier(2, SAME_KEY);
		const second = park(emulator, 2, SAME_KEY);
		await sleep(1_500);
		for (const id of idsByRow(emulator)) emulator.settle(id, PASSED);
		const run = await second;
		expect([run.status, run.after[0]?.length]).toEqual(['success', 2]);
		expect(emulator.ledger().submitted).toBe(2);
	});

	it('end with the time like any other: what is finished comes out with its verdict', async () => {
		emulator.options.idempotencyConflictStatus = 'replay';
		await submitEarlier(1, SAME_KEY);
		const second = park(emulator, 3, { ...SAME_KEY, options: { timeoutSeconds: 4 } });
		await sleep(2_000);
		const [, one = ''] = idsByRow(emulator);
		emulator.settle(one, PASSED);
		const run = await second;
		expect(run.after[0]?.map(({ json }) => json.verdict)).toEqual([
			...['no_verdict', 'passed', 'no_verdict'],
		]);
	});
});
