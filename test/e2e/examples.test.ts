/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { parse } from 'csv-parse/sync';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScriptedOutcome } from '../../lab/emulator';
import { createDataTable, readDataTable } from '../../lab/n8n/dataTables';
import {
	AUDIT_COLUMNS,
	AUDIT_TABLE,
	listExamples,
	PLACEHOLDER_SPREADSHEET_ID,
	VERDICT_COLUMNS,
	VERDICT_TABLE,
} from '../../lab/n8n/exampleFiles';
import {
	AUDIT,
	BLURRED,
	BROKEN,
	cellText,
	expectAudited,
	GOOD,
	imageUrl,
	OUTCOMES,
} from '../../lab/n8n/exampleRows';
import {
	importSubmit,
	startExampleSession,
	type ExampleSession,
} from '../../lab/n8n/exampleSession';
import {
	outputOf,
	waitForExecution,
	waitForExecutions,
	type Execution,
} from '../../lab/n8n/executions';
import { readString } from '../../lab/n8n/read';
import { MANUAL_TRIGGER } from '../../lab/n8n/workflowFile';
import {
	activateWorkflow,
	deactivateWorkflow,
	runWorkflow,
	triggerWebhook,
	writeInChat,
	type StoredWorkflow,
} from '../../lab/n8n/workflows';

let filesFolder: string;
let session: ExampleSession;

beforeAll(async () => {
	filesFolder = mkdtempSync(join(tmpdir(), 'runflow-files-'));
	session = await startExampleSession({ filesFolder });
});

afterAll(async () => {
	await session?.end();
	rmSync(filesFolder, { recursive: true, force: true });
});

beforeEach(() => {
	session.emulator.reset();
	session.emulator.options.outcome = OUTCOMES;
	session.emulator.options.forcedAnswers = [];
	for (const log of [session.standIns.slack.messages, session.standIns.unexpected]) log.length = 0;
});

afterEach(() => {
	expect(session.standIns.unexpected).toEqual([]);
	expect(session.emulator.ledger().billedTwice).toEqual([]);
});

async function run(workflow: StoredWorkflow, trigger: string): Promise<Execution> {
	const id = await runWorkflow(session.client, workflow, trigger);
	const execution = await waitForExecution(session.client, id);
	expect(execution.error).toBeUndefined();
	return execution;
}

it('is about every example', () => {
	expect(listExamples()).toEqual([
		'ai-agent-image-check.json',
		'audit-data-table.json',
		'audit-google-sheet.json',
		'audit-spreadsheet.json',
		'batch-without-a-slot.json',
		'callback-to-row-and-slack.json',
		'gate-and-publish.json',
	]);
});

it.each(listExamples().filter((file) => !file.startsWith('gate')))(
	'%s can be published',
	async (file) => {
		const workflow = await session.importExample(file);
		await activateWorkflow(session.client, workflow);
		await deactivateWorkflow(session.client, workflow.id);
	},
);

it('audit-data-table.json writes each verdict into its row, and judges no row again', async () => {
	const { client, emulator } = session;
	const before = AUDIT.map(([cells]) => cells);
	const table = await createDataTable(client, AUDIT_TABLE, AUDIT_COLUMNS, before);
	const workflow = await session.importExample('audit-data-table.json');
	await run(workflow, 'Every Night');
	expectAudited(session.emulator, await readDataTable(client, table));

	await run(workflow, 'Every Night');
	expect(emulator.ledger()).toMatchObject({ submitted: 4 });
});

it('audit-google-sheet.json writes each verdict into its row, and judges no row again', async () => {
	const { spreadsheet, rows } = session.standIns.google;
	const header = ['title', ...AUDIT_COLUMNS.map(({ name }) => name)];
	const cells = AUDIT.map(([before]) => header.map((name) => cellText(before[name])));
	spreadsheet.id = PLACEHOLDER_SPREADSHEET_ID;
	spreadsheet.cells = [header, ...cells];
	const workflow = await session.importExample('audit-google-sheet.json');
	await run(workflow, 'Every Night');
	expectAudited(session.emulator, rows());

	await run(workflow, 'Every Night');
	expect(session.emulator.ledger()).toMatchObject({ submitted: 4 });
});

it('audit-spreadsheet.json saves the verdicts beside the rows', async () => {
	const names = ['good', 'blurred', 'broken', 'last'];
	const lines = names.map((name, at) => `${at + 1},${name},${imageUrl(name)},headshot,,`);
	const header = 'row,title,image_url,task_type,aspect_ratio,prompt';
	writeFileSync(join(filesFolder, 'audit.csv'), [header, ...lines].join('\n'));
	await run(await session.importExample('audit-spreadsheet.json'), 'Start by Hand');
	const saved = readFileSync(join(filesFolder, 'audit-result.csv'), 'utf8');
	const [columns = [], ...results] = parse(saved, { bom: true });
	expect(columns.slice(0, 9).join()).toBe(
		'row,title,image_url,verdict,score,issues,action,failure_code,cost',
	);
	expect(results.map((cells) => [...cells.slice(0, 2), ...cells.slice(3, 9)].join())).toEqual([
		'1,good,passed,0.95,,,,0.400000',
		'2,blurred,not_passed,0.4,Blurred; Too dark,regenerate,,0.400000',
		'3,broken,no_verdict,,,,media_unreachable,',
		'4,last,passed,0.95,,,,0.400000',
	]);
});

describe('gate-and-publish.json', () => {
	const image = imageUrl('armchair');

	/** Runs the gate; whether it published, and what Slack got. */
	async function gate(
		outcome: ScriptedOutcome,
	): Promise<{ published: boolean; slack: string[][] }> {
		session.emulator.options.outcome = { [image]: outcome };
		const workflow = await session.importExample('gate-and-publish.json');
		const execution = await run(workflow, 'Start by Hand');
		const slack = session.standIns.slack.messages.map(({ channel, text }) => [
			channel,
			...text.split('\n'),
		]);
		return { published: execution.runs.Publish !== undefined, slack };
	}

	it('publishes an image that passed', async () => {
		expect(await gate(GOOD)).toEqual({ published: true, slack: [] });
	});

	it('tells Slack why an image did not pass', async () => {
		const reasons = ['Score: 0.4', 'Reasons: Blurred; Too dark', 'Next step: regenerate'];
		const message = ['#image-review', `Not published: ${image}`, ...reasons];
		expect(await gate(BLURRED)).toEqual({ published: false, slack: [message] });
	});

	it.each([
		['it cannot be fetched', BROKEN, 'media_unreachable'],
		['nothing is decided', { overall_passed: null }, 'Runflow came to no decision'],
	])('asks for a look by hand when %s', async (_, outcome, why) => {
		const { published, slack } = await gate(outcome);
		expect(published).toBe(false);
		const [{ id } = { id: '' }] = session.emulator.evaluations;
		const first = `Not judged, please look by hand: ${image}`;
		expect(slack).toEqual([['#image-review', first, `Why: ${why}`, `Evaluation: ${id}`]]);
	});

	it('asks for a look by hand when Runflow refuses', async () => {
		session.emulator.options.forcedAnswers = [{ pathPrefix: '/v1/evaluations', status: 402 }];
		const { published, slack } = await gate(GOOD);
		expect(published).toBe(false);
		const first = `Not judged, please look by hand: ${image}`;
		expect(slack).toEqual([['#image-review', first, expect.stringMatching(/^Why: .*balance/)]]);
	});
});

it('callback-to-row-and-slack.json finds the rows again and tells Slack what did not pass', async () => {
	const { client, emulator, n8n, standIns } = session;
	const rows = ['good', 'blurred', 'broken', 'untouched'].map((client_ref) => ({ client_ref }));
	const table = await createDataTable(client, VERDICT_TABLE, VERDICT_COLUMNS, rows);
	const workflow = await session.importExample('callback-to-row-and-slack.json');
	const webhook = triggerWebhook(n8n.url, workflow, 'Runflow Trigger', 'runflow');
	await activateWorkflow(client, workflow, [webhook]);

	emulator.options.outcome = { ...OUTCOMES, [imageUrl('stranger')]: BLURRED };
	const images = ['good', 'blurred', 'broken', 'stranger'].map((ref) => ({
		ref,
		url: imageUrl(ref),
	}));
	await run(await importSubmit(session, images, webhook.url), MANUAL_TRIGGER.name);
	const started = await waitForExecutions(client, workflow.id, 4);
	const ended = await Promise.all(started.map(({ id }) => waitForExecution(client, id)));
	expect(ended.map(({ status }) => status)).toEqual(Array(4).fill('success'));
	const evaluations = new Map(emulator.evaluations.map(({ clientRef, id }) => [clientRef, id]));
	const written = await readDataTable(client, table);
	expect(written.map(({ verdict, score, issues, cost }) => [verdict, score, issues, cost])).toEqual(
		[
			['passed', 0.95, '', '0.400000'],
			['not_passed', 0.4, 'Blurred; Too dark', '0.400000'],
			['no_verdict', null, 'media_unreachable', null],
			[null, null, null, null],
		],
	);
	const message = (what: string, name: string, more: string, reasons: string) =>
		[
			`${what}: ${imageUrl(name)}`,
			`Row: ${name}${more}`,
			`Reasons: ${reasons}`,
			`Evaluation: ${evaluations.get(name)}`,
		].join('\n');
	expect(standIns.slack.messages.map(({ text }) => text).sort()).toEqual([
		message('Not judged, please look by hand', 'broken', '', 'media_unreachable'),
		message('Not passed', 'blurred', '', 'Blurred; Too dark'),
		message('Not passed', 'stranger', ' (not in the table)', 'Blurred; Too dark'),
	]);
});

it('ai-agent-image-check.json lets the agent judge the image and answer', async () => {
	const workflow = await session.importExample('ai-agent-image-check.json');
	const question = `May I publish ${imageUrl('blurred')} ?`;
	const id = await writeInChat(session.client, workflow, 'Chat', question);
	const execution = await waitForExecution(session.client, id);
	expect(session.emulator.evaluations.map(({ body }) => body)).toEqual([
		{
			generated_image_url: imageUrl('blurred'),
			task_type: 'product_photography',
			task_description: 'A product on a plain background',
		},
	]);
	const answer = readString(outputOf(execution, 'Image Assistant')[0] ?? {}, 'output');
	expect(answer).toMatch(/"verdict":"not_passed".*"top_issues":\["Blurred","Too dark"\]/);
});
