/** @jest-environment-options {"speed": 10} */
import { NodeConnectionTypes } from 'n8n-workflow';
import type { INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { runWorkflow, RUNFLOW_NODE, RUNFLOW_VERSION } from '../../lab/engine';
import {
	jsonOf,
	operate,
	rows,
	SIMPLE_FIELDS,
	submitted,
	UNKNOWN_ID,
	withIds,
} from '../../lab/scenario/evaluate';
import { shareEmulator } from '../../lab/scenario/useEmulator';

const OUTCOMES = [
	{ overall_passed: true, weighted_pass_rate: 0.6, latencyMs: 1 },
	{ failure_code: 'processing_failed', latencyMs: 1 },
	{ overall_passed: false, weighted_pass_rate: 0.8, latencyMs: 1 },
	{ overall_passed: null, latencyMs: 1 },
	{ overall_passed: true, weighted_pass_rate: 0.9, latencyMs: 1 },
];
const REFS = OUTCOMES.map((_, row) => `row-${row}`);

const emulator = shareEmulator({
	outcome: Object.fromEntries(OUTCOMES.map((outcome, row) => [`row-${row}`, outcome])),
});
let ids: string[];

beforeAll(async () => {
	ids = await submitted(emulator, ...REFS);
	for (const id of ids) emulator.settle(id);
});

const refs = (outputs: INodeExecutionData[][]) =>
	outputs.map((items) => jsonOf(items).map(({ client_ref }) => client_ref));

async function judge(operation: string, parameters: INodeParameters) {
	const evaluationId = '={{ $json.id }}';
	const items = operation === 'submitAndWait' ? rows(OUTCOMES.length) : withIds(ids);
	return await operate(emulator, { operation, evaluationId, ...parameters }, items);
}

describe.each(['get', 'wait', 'submitAndWait'])('%s, split by verdict', (operation) => {
	it('has the outputs No Verdict, Not Passed and Passed; every row comes out of one', async () => {
		const run = await judge(operation, { splitByVerdict: true });
		expect(refs(run.after)).toEqual([['row-1', 'row-3'], ['row-2'], ['row-0', 'row-4']]);
		expect(run.origins.map((items) => items.map(({ row }) => row))).toEqual([[1, 3], [2], [0, 4]]);
	});
});

it.each([
	['score', 0.7, [['row-1', 'row-3'], ['row-0'], ['row-2', 'row-4']]],
	['score', 0.9, [['row-1', 'row-3'], ['row-0', 'row-2'], ['row-4']]],
	['both', 0.7, [['row-1', 'row-3'], ['row-0', 'row-2'], ['row-4']]],
	['both', 0.6, [['row-1', 'row-3'], ['row-2'], ['row-0', 'row-4']]],
])('splits by %s with a minimum of %d', async (passCriterion, minimumScore, expected) => {
	const options = { passCriterion, minimumScore };
	const run = await judge('get', { splitByVerdict: true, options });
	expect(refs(run.after)).toEqual(expected);
});

const LAST_NIGHT = {
	verdict: 'passed',
	passed: true,
	overall_passed: true,
	reason: 'x',
	cost: '1',
};

describe('Continue', () => {
	const items = () => withIds([ids[0] ?? '', UNKNOWN_ID, 'not an id', ids[4] ?? '']);
	const GET = { operation: 'get', evaluationId: '={{ $json.id }}' };
	const NOTHING = { verdict: 'no_verdict', passed: false, client_ref: '', cost: '' };
	const NOT_FOUND = {
		...NOTHING,
		...{ id: UNKNOWN_ID, evaluation_id: UNKNOWN_ID, reason: 'Evaluation not found' },
		error: 'Evaluation not found',
		message: expect.stringContaining(`none with the ID '${UNKNOWN_ID}'`),
		details: { http_status: 404, code: 'EVALUATION_NOT_FOUND' },
	};
	const NO_ID = {
		...NOTHING,
		...{ id: '', evaluation_id: '', reason: "'Evaluation ID' is not an evaluation's ID" },
		error: "'Evaluation ID' is not an evaluation's ID",
		message: expect.stringContaining("Use the 'evaluation_id' that Submit"),
	};

	it('in the regular output: error items in the place of the rows that went wrong', async () => {
		const run = await operate(emulator, GET, items(), { onError: 'continueRegularOutput' });
		expect(run.status).toBe('success');
		expect(jsonOf(run.after[0])).toMatchObject([
			{ id: ids[0], verdict: 'passed', passed: true },
			NOT_FOUND,
			NO_ID,
			{ id: ids[4], verdict: 'passed' },
		]);
		expect(run.origins[0]?.map(({ row }) => row)).toEqual([0, 1, 2, 3]);
	});

	it("in the error output: with the data of their rows, but not with last night's verdict", async () => {
		const table = items().map((item) => ({ json: { ...item.json, ...LAST_NIGHT } }));
		const run = await operate(emulator, GET, table, { onError: 'continueErrorOutput' });
		expect(refs(run.after)[0]).toEqual(['row-0', 'row-4']);
		expect(jsonOf(run.after[1])).toMatchObject([
			{ ...NOT_FOUND, row: 1 },
			{ ...NO_ID, row: 2 },
		]);
		expect(Object.keys(run.after[1]?.[0]?.json ?? {})).toEqual(
			expect.arrayContaining([...SIMPLE_FIELDS, 'row', 'error', 'message', 'details']),
		);
	});

	it('split by verdict, in the regular output: they come out of No Verdict', async () => {
		const parameters = { ...GET, splitByVerdict: true };
		const onError = 'continueRegularOutput';
		const run = await operate(emulator, parameters, items(), { onError });
		expect(run.after.map(jsonOf)).toMatchObject([
			[NOT_FOUND, NO_ID],
			[],
			[{ id: ids[0] }, { id: ids[4] }],
		]);
	});

	it('split by verdict, in the error output: they come out of the fourth', async () => {
		const parameters = { ...GET, splitByVerdict: true };
		const run = await operate(emulator, parameters, items(), { onError: 'continueErrorOutput' });
		expect(refs(run.after.slice(0, 3))).toEqual([[], [], ['row-0', 'row-4']]);
		expect(jsonOf(run.after[3]).map(({ row }) => row)).toEqual([1, 2]);
	});
});

it.each([
	['integrated', ['Judge'], true],
	['integrated', ['Judge', 'Merge'], false],
	['webhook', ['Judge'], false],
] as const)(
	'says in a workflow run as %s with %j that a parent loses two outputs: %s',
	async (mode, names, says) => {
		const parameters = { operation: 'get', evaluationId: '={{ $json.id }}', splitByVerdict: true };
		const run = await runWorkflow({
			nodes: [
				at('Start', 'n8n-nodes-base.manualTrigger'),
				...names.map((name) =>
					at(name, name === 'Judge' ? RUNFLOW_NODE : 'n8n-nodes-base.noOp', parameters),
				),
			],
			connections: Object.fromEntries(
				['Start', ...names]
					.slice(0, -1)
					.map((name, index) => [
						...[
							name,
							{ main: [[{ node: names[index] ?? '', type: NodeConnectionTypes.Main, index: 0 }]] },
						],
					]),
			),
			input: withIds(ids),
			mode,
			credentials: { runflowApi: { baseUrl: emulator.url, apiKey: 'rf_live_full' } },
		});
		const hints = run.node('Judge').hints.map(({ message }) => message);
		expect(hints.some((message) => message.includes('Join the three outputs with Merge'))).toBe(
			says,
		);
	},
);

function at(name: string, type: string, parameters: INodeParameters = {}): INode {
	const credentials = { runflowApi: { id: '1', name: 'Runflow' } };
	return {
		...{ id: name, name, type, typeVersion: 1, position: [0, 0], parameters },
		...(type === RUNFLOW_NODE && { credentials, typeVersion: RUNFLOW_VERSION }),
	};
}
