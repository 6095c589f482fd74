import { createDataTable, readDataTable, type DataTableColumn } from '../../lab/n8n/dataTables';
import { outputOf, waitForExecution, type Execution } from '../../lab/n8n/executions';
import type { JsonRecord } from '../../lab/n8n/read';
import { startSession, type Session } from '../../lab/n8n/session';
import {
	itemsNode,
	MANUAL_TRIGGER,
	rowOfNodes,
	runflowNode,
	type NodeSketch,
} from '../../lab/n8n/workflowFile';
import { storeWorkflow } from '../../lab/n8n/webhookRuns';
import { runWorkflow } from '../../lab/n8n/workflows';

let session: Session;

beforeAll(async () => {
	session = await startSession();
});

afterAll(async () => {
	await session.end();
});

beforeEach(() => {
	session.emulator.reset();
});

const REPORT = runflowNode('Report', 'createReport', { title: 'Nightly' });
const JUDGE_PARAMETERS = {
	generatedImageUrl: '={{ $json.url }}',
	taskType: 'headshot',
	additionalFields: { clientRef: '={{ $json.ref }}' },
};
const ROWS = ['good', 'bad', 'open'].map((ref) => ({
	ref,
	url: `https://images.example/${ref}.png`,
}));
const OUTCOMES = {
	good: { overall_passed: true, weighted_pass_rate: 0.9, top_issues: [] },
	bad: { overall_passed: false, weighted_pass_rate: 0.3, top_issues: ['Too dark'] },
	open: { overall_passed: null },
};

const judge = (parameters: JsonRecord = {}) =>
	runflowNode('Judge', 'submitAndWait', { ...JUDGE_PARAMETERS, ...parameters });
const core = (
	name: string,
	type: string,
	typeVersion: number,
	parameters: JsonRecord,
): NodeSketch => ({
	...{ name, type: `n8n-nodes-base.${type}`, typeVersion, parameters },
});

async function execute(file: JsonRecord): Promise<Execution> {
	const workflow = await storeWorkflow(session, file);
	const id = await runWorkflow(session.client, workflow, MANUAL_TRIGGER.name);
	const execution = await waitForExecution(session.client, id);
	expect(execution.error).toBeUndefined();
	return execution;
}

it.each(['csv', 'xlsx'])(
	'what went through a %s file is reported as it was judged',
	async (format) => {
		session.emulator.options.outcome = OUTCOMES;
		const execution = await execute(
			rowOfNodes(`round trip ${format}`, [
				...[MANUAL_TRIGGER, itemsNode(ROWS), judge()],
				core('To File', 'convertToFile', 1.1, { operation: format }),
				core('From File', 'extractFromFile', 1, { operation: format }),
				REPORT,
			]),
		);
		expect(outputOf(execution, 'Report')).toMatchObject([
			{ total: 3, passed: 1, not_passed: 1, no_verdict: 1, cost: '1.20' },
		]);
		expect(String(outputOf(execution, 'Report')[0]?.text)).toMatch(
			/^Nightly: 1 of 3 images passed \(33%\)\. 1 did not pass, 1 has no verdict\./,
		);
	},
);

it('three outputs wired into one Create Report say so; a Merge makes one report of them', async () => {
	session.emulator.options.outcome = OUTCOMES;
	const merge = core('Merge', 'merge', 3.2, { mode: 'append', numberInputs: 3 });
	const all = runflowNode('All', 'createReport', { title: 'Nightly' });
	const file = rowOfNodes('three outputs', [
		...[MANUAL_TRIGGER, itemsNode(ROWS), judge({ splitByVerdict: true }), REPORT, merge, all],
	]);
	const wires = [0, 1, 2].map((index) => [
		{ node: 'Report', type: 'main', index: 0 },
		{ node: 'Merge', type: 'main', index },
	]);
	const connections = {
		...Object(file.connections),
		Judge: { main: wires },
		Report: { main: [[]] },
	};
	const execution = await execute({ ...file, connections });
	const texts = (execution.runs.Report ?? []).map(({ outputs }) =>
		String(Object(outputs[0]?.[0]?.json).text),
	);
	expect(texts.map((text) => text.split('alone: ')[0]).sort()).toEqual(
		['No Verdict', 'Not Passed', 'Passed'].map((name) => `Nightly: Of the output ${name} `),
	);
	expect(execution.runs.Report?.[0]?.hints[0]?.message).toContain('join them with a Merge node');
	expect(outputOf(execution, 'All')).toMatchObject([{ total: 3, passed: 1 }]);
});

it('two nights of an audit: what turned bad and what turned good', async () => {
	const refs = Array.from({ length: 8 }, (_, n) => `row-${n + 1}`);
	const columns: DataTableColumn[] = [
		...(['ref', 'url', 'verdict', 'reason', 'completed_at'] as const).map((name) => ({
			...{ name, type: 'string' as const },
		})),
	];
	const rows = refs.map((ref) => ({ ref, url: `https://images.example/${ref}.png` }));
	const table = await createDataTable(session.client, 'Two Nights', columns, rows);
	const place = { dataTableId: { __rl: true, mode: 'id', value: table.id } };
	const update = {
		...{ resource: 'row', operation: 'update', ...place, matchType: 'anyCondition' },
		filters: {
			conditions: [{ keyName: 'ref', condition: 'eq', keyValue: '={{ $json.client_ref }}' }],
		},
		columns: {
			mappingMode: 'defineBelow',
			value: Object.fromEntries(
				['verdict', 'reason', 'completed_at'].map((name) => [name, `={{ $json.${name} }}`]),
			),
			schema: columns.map(({ name, type }) => ({
				id: name,
				displayName: name,
				type,
				display: true,
			})),
		},
	};
	const file = rowOfNodes('two nights', [
		MANUAL_TRIGGER,
		core('Rows', 'dataTable', 1.1, {
			resource: 'row',
			operation: 'get',
			...place,
			returnAll: true,
		}),
		judge({ options: { includeInput: true } }),
		REPORT,
		core('Write Results', 'dataTable', 1.1, update),
	]);
	const next = (node: string) => ({ node, type: 'main', index: 0 });
	const connections = {
		...Object(file.connections),
		Judge: { main: [[next('Report'), next('Write Results')]] },
		Report: { main: [[]] },
	};
	const night = async (bad: string[]) => {
		const { good, bad: failed } = OUTCOMES;
		session.emulator.options.outcome = Object.fromEntries(
			refs.map((ref) => [ref, bad.includes(ref) ? failed : good]),
		);
		const execution = await execute({ ...file, connections });
		return String(outputOf(execution, 'Report')[0]?.text);
	};
	await night(['row-1', 'row-2']);
	expect((await readDataTable(session.client, table)).map(({ verdict }) => verdict)).toEqual([
		...['not_passed', 'not_passed', ...Array.from({ length: 6 }, () => 'passed')],
	]);
	const text = await night(['row-2', 'row-3', 'row-5', 'row-8']);
	expect(text.split('\n').slice(0, 2)).toEqual([
		'Nightly: 4 of 8 images passed (50%). 4 did not pass. 3.20 credits.',
		'Since last time: 3 newly failing: row-3, row-5, row-8; 1 recovered: row-1; 1 still failing.',
	]);
});
