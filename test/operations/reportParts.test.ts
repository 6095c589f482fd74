import type { IConnections, INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { startEmulator } from '../../lab/emulator';
import { RUNFLOW_NODE, RUNFLOW_VERSION, runNode, runWorkflow } from '../../lab/engine';
import { API_KEY } from '../../lab/scenario/account';
import { rows } from '../../lab/scenario/evaluate';

const runflow = (name: string, parameters: INodeParameters): INode => ({
	...{ id: name, name, type: RUNFLOW_NODE, typeVersion: RUNFLOW_VERSION, position: [0, 0] },
	parameters: { resource: 'evaluation', ...parameters },
});
const REPORT = { operation: 'createReport', title: 'Nightly' };

it('wired to three outputs it says of each report what it is about, and what to do', async () => {
	const emulator = await startEmulator({
		outcome: {
			'row-0': { overall_passed: true },
			'row-1': { overall_passed: false },
			'row-2': { overall_passed: null },
		},
	});
	const judge = runflow('Judge', {
		...{ operation: 'submitAndWait', splitByVerdict: true, taskType: 'headshot' },
		generatedImageUrl: '={{ $json.url }}',
		additionalFields: { clientRef: '=row-{{ $json.row }}' },
	});
	const wires = [0, 1, 2].map(() => [{ node: 'Report', type: 'main' as const, index: 0 }]);
	const connections: IConnections = { Judge: { main: wires } };
	const { run, node } = await runWorkflow({
		...{ nodes: [judge, runflow('Report', REPORT)], connections, input: rows(3) },
		credentials: { runflowApi: { apiKey: API_KEY, baseUrl: emulator.url } },
	});
	await emulator.close();
	const reports = (run.data.resultData.runData.Report ?? []).map(({ data }) => data?.main?.[0]?.[0]);
	const texts = reports.map((item) => String(item?.json.text));
	expect(texts.sort()).toEqual([
		expect.stringMatching(/^Nightly: Of the output No Verdict alone: row-2 has no verdict/),
		expect.stringMatching(/^Nightly: Of the output Not Passed alone: row-1 did not pass/),
		expect.stringMatching(/^Nightly: Of the output Passed alone: row-0 passed/),
	]);
	expect(node('Report').hints[0]?.message).toMatch(/alone\. .*join them with a Merge node first/);
	const page = Buffer.from(reports[0]?.binary?.report?.data ?? '', 'base64');
	expect(page.toString()).toMatch(/Of the output \w+ ?\w* alone/);
});

describe('one report for each', () => {
	const night = (client: string, before: string, now: string): INodeExecutionData => ({
		json: {
			verdict: now,
			cost: '0.4',
			client_ref: `${client} ${before}`,
			input: { client, verdict: before },
		},
	});
	const ITEMS = [
		night('ACME', 'passed', 'not_passed'),
		night('Umbrella', 'passed', 'passed'),
		night('ACME', 'passed', 'passed'),
		night('Umbrella', 'not_passed', 'not_passed'),
		night('Initech', 'not_passed', 'passed'),
	];
	const create = async (options: INodeParameters) =>
		await runNode({ resource: 'evaluation', ...REPORT, options }, ITEMS);

	it('value of a field, with its own figures, page and changes, so that one Filter finds what is new', async () => {
		const run = await create({ oneReportFor: 'client' });
		const reports = run.after[0] ?? [];
		expect(
			reports.map(({ json }) => [
				json.report_for,
				json.total,
				json.passed,
				json.changed,
				json.cost,
			]),
		).toEqual([
			['ACME', 2, 1, 1, '0.80'],
			['Umbrella', 2, 1, 0, '0.80'],
			['Initech', 1, 1, 1, '0.40'],
		]);
		expect(reports.map(({ binary }) => binary?.report?.fileName)).toEqual([
			...['nightly-acme.html', 'nightly-umbrella.html', 'nightly-initech.html'],
		]);
		expect(run.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([
			[{ item: 0 }, { item: 2 }],
			[{ item: 1 }, { item: 3 }],
			[{ item: 4 }],
		]);
		expect(String(reports[0]?.json.text)).toContain('Nightly, ACME: 1 of 2 images passed');
		expect(run.hints[0]?.message).toContain('3 reports, 2 with changes since last time');
	});

	it('is refused by name where no item has the field: nobody gets the report of another', async () => {
		const run = await create({ oneReportFor: '={{ $json.input.client }}' });
		expect(run.error).toMatchObject({
			message: "No item has the field that 'One Report for Each' names",
			description: expect.stringContaining("It is 'ACME'"),
		});
	});

	it('a field for groups or for the earlier verdict that no item has is named in the line below', async () => {
		const run = await create({ groupByField: 'campain', earlierVerdictField: 'last' });
		expect(run.hints[0]?.message).toMatch(
			/No item has the field 'last'. No item has the field 'campain'/,
		);
	});
});
