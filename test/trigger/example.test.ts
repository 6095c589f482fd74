/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { resolve } from 'node:path';
import type { IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';

import type { Outcome } from '../../lab/emulator';
import { readWorkflowFile, runWorkflowFile } from '../../lab/engine';
import { dataTable } from '../../lab/engine/standInDataTable';
import { describeStandIn, text } from '../../lab/engine/standInDescription';
import { aboutEvaluation, deliver, NOT_PASSED, PASSED, submit } from '../../lab/scenario/deliver';
import { useEmulator } from '../../lab/scenario/useEmulator';

const FILE = resolve(__dirname, '..', '..', 'examples', 'callback-to-row-and-slack.json');
const TRIGGER = 'Runflow Trigger';
/** What `submit` has judged. */
const IMAGE = 'https://images.example.com/0.png';

const emulator = useEmulator({ latency: 'manual' });
let rows: IDataObject[];
let slack: string[];
let isRefused: boolean;

beforeEach(() => {
	isRefused = false;
	rows = [1, 2, 12].map((id) => ({ id, image_url: IMAGE }));
	slack = [];
});

const slackNode: INodeType = {
	description: describeStandIn('slack', [text('text')]),
	async execute(this: IExecuteFunctions) {
		if (isRefused) return [[{ json: { error: 'not_in_channel' }, pairedItem: 0 }]];
		for (const itemIndex of this.getInputData().keys()) {
			slack.push(String(this.getNodeParameter('text', itemIndex)));
		}
		return [this.getInputData()];
	},
};

/** A verdict comes for the row, and the example runs with what the trigger gives it. */
async function react(outcome: Partial<Outcome>, clientRef?: string): Promise<string> {
	const { id, run } = await start(outcome, clientRef);
	expect(run.status).toBe('success');
	return id;
}

async function start(outcome: Partial<Outcome>, clientRef?: string) {
	const id = await submit(emulator, { clientRef });
	emulator.settle(id, outcome);
	const { parameters } = readWorkflowFile(FILE).nodes.find(({ name }) => name === TRIGGER) ?? {};
	const { items } = await deliver(emulator, { body: aboutEvaluation(id), parameters });
	const run = await runWorkflowFile(FILE, {
		...{ start: TRIGGER, input: items?.[0], mode: 'webhook' },
		standIns: {
			'n8n-nodes-base.dataTable': dataTable(rows),
			'n8n-nodes-base.slack': slackNode,
		},
	});
	return { id, run };
}

it('writes the verdict into the row whose ID is the client_ref, and into no other', async () => {
	const id = await react({ ...PASSED, top_issues: [] }, '1');
	expect(rows).toEqual([
		{
			...{ id: 1, image_url: IMAGE, verdict: 'passed', reason: '', weighted_pass_rate: 0.9 },
			...{ cost_credits: 0.4, evaluation_id: id, judged_url: IMAGE },
		},
		{ id: 2, image_url: IMAGE },
		{ id: 12, image_url: IMAGE },
	]);
	expect(slack).toEqual([]);
});

it.each([
	[
		'that it did not pass',
		{ ...NOT_PASSED, top_issues: ['Blurred', 'Too dark'] },
		'not_passed',
		'Blurred; Too dark',
	],
	[
		'that nobody could judge it',
		{ status_code: 'failed' as const, failure_code: 'processing_failed' },
		'no_verdict',
		'Runflow could not finish judging the image (processing_failed)',
	],
])('tells Slack %s, and why', async (_what, outcome, verdict, reason) => {
	const id = await react(outcome, '2');
	expect(slack).toEqual([`Do not publish row 2: ${verdict}\nWhy: ${reason}\n${IMAGE}`]);
	expect(rows[1]).toMatchObject({ verdict, reason, evaluation_id: id });
});

it('ends with an error when Slack refuses, after the row has its verdict', async () => {
	isRefused = true;
	const { run } = await start({ ...NOT_PASSED, top_issues: [] }, '2');
	expect(run.status).toBe('error');
	expect(run.run.data.resultData.error?.message).toMatch(
		/^Slack refused a message: not_in_channel/,
	);
	expect(rows[1]).toMatchObject({ verdict: 'not_passed' });
});

it('writes no verdict into a row that has another image by now', async () => {
	rows[0] = { id: 1, image_url: 'https://images.example.com/new.png' };
	const before = structuredClone(rows);
	await react({ ...PASSED, top_issues: [] }, '1');
	expect(rows).toEqual(before);
});

it.each([
	['names no row of the table', '9', 'Do not publish row 9: not_passed'],
	['is no ID', 'row-1', 'Do not publish row row-1: not_passed'],
	['is missing', undefined, ': not_passed'],
])('tells Slack even if the client_ref %s, and changes no row', async (_case, clientRef, line) => {
	const before = structuredClone(rows);
	await react({ ...NOT_PASSED, top_issues: [] }, clientRef);
	expect(slack).toEqual([expect.stringContaining(line)]);
	expect(rows).toEqual(before);
});
