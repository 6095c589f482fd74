/** @jest-environment-options {"speed": 10} */
import type { INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { nodeRun, resumeByTimeout } from '../../../lab/engine';
import type { NodeRun } from '../../../lab/engine';
import { callBack, idsByRow, park, PASSED } from '../../../lab/scenario/parked';
import { shareEmulator } from '../../../lab/scenario/useEmulator';

const ROWS = 3;
const ON_ERROR: Array<NonNullable<INode['onError']>> = [
	'stopWorkflow',
	'continueRegularOutput',
	'continueErrorOutput',
];
const RECORDS: Record<string, INodeParameters> = {
	'all good': {},
	'one refused row': {
		additionalFields: {
			clientRef: '=row-{{ $json.row }}',
			jobClass: '={{ $json.row === 1 ? "priority" : "standard" }}',
		},
	},
	'one bad row': { taskType: '={{ $json.row === 1 ? "" : "headshot" }}' },
};
const SETTINGS: Record<string, Partial<INode>> = {
	'no more settings': {},
	'Execute Once': { executeOnce: true },
	'Retry On Fail': { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
	'Always Output Data': { alwaysOutputData: true },
};

const ends = ON_ERROR.flatMap((onError) =>
	[false, true].flatMap((splitByVerdict) =>
		Object.keys(RECORDS).flatMap((records) =>
			['callbacks', 'timeout'].flatMap((ending) =>
				Object.keys(SETTINGS).map((setting) => ({
					...{ onError, splitByVerdict, records, ending, setting },
				})),
			),
		),
	),
);

const emulator = shareEmulator({ latency: 'manual', callbackRetryDelaysMs: [] });

beforeEach(() => {
	emulator.reset();
	emulator.options.seed += 1;
});

it.each(ends)(
	'$onError, split $splitByVerdict, $records, $ending, $setting: a row out for each row in, nothing unjudged in Passed',
	async ({ onError, splitByVerdict, records, ending, setting }) => {
		const { executeOnce = false, alwaysOutputData = false } = SETTINGS[setting] ?? {};
		const parked = await park(
			emulator,
			ROWS,
			{ ...RECORDS[records], splitByVerdict },
			{ onError, node: SETTINGS[setting], pairedCheck: false },
		);
		const rows = executeOnce ? [0] : [0, 1, 2];
		const isBad = (row: number) => records !== 'all good' && row === 1;
		if (onError === 'stopWorkflow' && rows.some(isBad)) {
			expect(parked.status).toBe('error');
			return;
		}
		expect(parked.status).toBe('waiting');
		expect(emulator.evaluations).toHaveLength(rows.filter((row) => !isBad(row)).length);

		const run =
			ending === 'timeout' ? nodeRun(await resumeByTimeout(parked)) : await finish(parked);
		expect(run.status).toBe('success');
		const out = run.after.map((items) => items.filter(({ json }) => Object.keys(json).length > 0));
		const verdict = ending === 'timeout' ? 'no_verdict' : 'passed';
		const errorOutput = onError === 'continueErrorOutput' ? run.after.length - 1 : 0;
		const expected: string[][] = run.after.map(() => []);
		for (const row of rows) {
			if (isBad(row)) expected[splitByVerdict ? 0 : errorOutput]?.push('error');
			else expected[splitByVerdict && verdict === 'passed' ? 2 : 0]?.push(`row-${row} ${verdict}`);
		}
		expect(out.map((items) => items.map(describeItem))).toEqual(expected);
		// n8n 2 adds an empty item where the first output is empty, n8n 3 only where all are.
		const extra = run.after.flat().length - out.flat().length;
		const mayAdd = alwaysOutputData && run.after[0]?.every(isEmpty);
		expect(mayAdd ? [0, 1] : [0]).toContain(extra);
	},
);

it('keeps the row of each item beside an error output', async () => {
	const parameters = { taskType: '={{ $json.row === 1 ? "" : "headshot" }}' };
	const parked = await park(emulator, ROWS, parameters, { onError: 'continueErrorOutput' });
	const resumed = await finish(parked);
	const origins = resumed.origins.map((items) => items.map(({ row }) => row));
	expect(origins).toEqual([[0, 2], [1]]);
	expect(resumed.after[1]?.[0]?.json).toMatchObject({ row: 1, error: "'Task Type' is empty" });
});

it('does not run again for a first row in error', async () => {
	const parameters = { taskType: '={{ $json.row === 0 ? "" : "headshot" }}' };
	const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
	const parked = await park(emulator, ROWS, parameters, { onError: 'continueRegularOutput', node });
	expect(parked.status).toBe('waiting');
	expect(emulator.requests.filter(({ method }) => method === 'POST')).toHaveLength(2);
	expect((await finish(parked)).after[0]?.map(describeItem)).toEqual([
		'error',
		'row-1 passed',
		'row-2 passed',
	]);
});

/** The callbacks of all evaluations come, the last one twice. */
async function finish(parked: NodeRun): Promise<NodeRun> {
	const ids = idsByRow(emulator);
	for (const id of ids) emulator.settle(id, PASSED);
	const { resumed, response } = await callBack(parked, ids[0] ?? '');
	if (resumed === undefined) throw new Error(`not resumed: ${response.status}`);
	return resumed;
}

function isEmpty({ json }: INodeExecutionData): boolean {
	return Object.keys(json).length === 0;
}

function describeItem({ json }: INodeExecutionData): string {
	return 'error' in json ? 'error' : `${String(json.client_ref)} ${String(json.verdict)}`;
}
