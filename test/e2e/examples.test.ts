import type { ScriptedOutcome } from '../../lab/emulator';
import { createDataTable, readDataTable } from '../../lab/n8n/dataTables';
import {
	DECISION_COLUMNS,
	DECISION_TABLE,
	listExamples,
	PLACEHOLDER_TABLE_ID,
	PROMPT_COLUMNS,
	PROMPT_TABLE,
	readExample,
	VERDICT_COLUMNS,
	VERDICT_TABLE,
} from '../../lab/n8n/exampleFiles';
import { BLURRED, BROKEN, GOOD, imageUrl } from '../../lab/n8n/exampleRows';
import {
	publishReact,
	startExampleSession,
	type ExampleSession,
} from '../../lab/n8n/exampleSession';
import {
	listExecutions,
	outputOf,
	waitForExecution,
	waitForExecutions,
	type Execution,
} from '../../lab/n8n/executions';
import { readRecords, type JsonRecord } from '../../lab/n8n/read';
import { runEvaluationTest } from '../../lab/n8n/testRuns';
import { until } from '../../lab/n8n/webhookRuns';
import {
	activateWorkflow,
	deactivateWorkflow,
	runWorkflow,
	type StoredWorkflow,
} from '../../lab/n8n/workflows';

const START = 'Start by Hand';
const UNDECIDED = { overall_passed: null };
const QUESTION_MS = 20_000;

let session: ExampleSession;

beforeAll(async () => {
	session = await startExampleSession();
});

afterAll(async () => {
	await session?.end();
});

beforeEach(() => {
	session.emulator.reset();
	session.emulator.options.outcome = null;
	session.emulator.options.latency = { distribution: 'fixed', minMs: 50 };
	const { slack, openAi } = session.standIns;
	for (const log of [slack.messages, openAi.imagePrompts, openAi.toolAnswers]) log.length = 0;
	session.standIns.unexpected.length = 0;
});

afterEach(() => {
	expect(session.standIns.unexpected).toEqual([]);
	expect(session.emulator.ledger().billedTwice).toEqual([]);
});

async function run(workflow: StoredWorkflow): Promise<Execution> {
	const id = await runWorkflow(session.client, workflow, START);
	const execution = await waitForExecution(session.client, id);
	expect(execution.error).toBeUndefined();
	return execution;
}

/** What comes of the evaluations, in the order in which they are submitted. */
function judgeInOrder(...outcomes: ScriptedOutcome[]): void {
	let submitted = 0;
	session.emulator.options.outcome = () => outcomes[submitted++];
}

const nodesOf = (file: string): JsonRecord[] => readRecords(readExample(file).nodes, 'nodes');
const slackTexts = (): string[] => session.standIns.slack.messages.map(({ text }) => text);
const countOf = (execution: Execution, node: string): number =>
	execution.runs[node]?.flatMap(({ outputs }) => outputs.flat()).length ?? 0;

it.each(listExamples().filter((file) => !nodesOf(file).some(({ name }) => name === START)))(
	'%s can be published, also a second time',
	async (file) => {
		// An MCP server has a fixed address, which n8n gives to one workflow at a time.
		const isServer = nodesOf(file).some(({ type }) => String(type).endsWith('.mcpTrigger'));
		const copies = [await session.importExample(file)];
		if (!isServer) copies.push(await session.importExample(file));
		for (const workflow of copies) await activateWorkflow(session.client, workflow);
		for (const workflow of copies) await deactivateWorkflow(session.client, workflow);
	},
);

it.each(['gate-and-publish.json', 'gate-with-a-queue.json'])(
	'%s publishes only what passed; all three outputs are taken',
	async (file) => {
		session.emulator.options.outcome = { Armchair: GOOD, Camera: BLURRED, Doughnut: BROKEN };
		const execution = await run(await session.importExample(file));
		expect(countOf(execution, 'Publish')).toBe(1);
		expect(slackTexts().sort()).toEqual([
			expect.stringMatching(/^Nobody judged this image, .*: Doughnut\nWhy: .+\nEvaluation ID: .+/),
			expect.stringMatching(
				/^Not published: Camera\nScore: 0.4\nWhy: Blurred; Too dark\nNext step: regenerate/,
			),
		]);
	},
);

it('gate-and-publish.json asks for manual review when Runflow refuses', async () => {
	session.emulator.options.forcedAnswers = [{ pathPrefix: '/v1/evaluations', status: 402 }];
	const execution = await run(await session.importExample('gate-and-publish.json'));
	session.emulator.options.forcedAnswers = [];
	expect(countOf(execution, 'Publish')).toBe(0);
	expect(slackTexts()).toHaveLength(3);
	expect(slackTexts()[0]).toMatch(/\nWhy: .*balance/);
});

describe('regenerate-until-it-passes.json', () => {
	it('puts the reasons into the next prompt and publishes what passes then', async () => {
		judgeInOrder(BLURRED, GOOD);
		const execution = await run(await session.importExample('regenerate-until-it-passes.json'));
		expect(session.standIns.openAi.imagePrompts).toEqual([
			'Small camera in tan leather on beige',
			'Small camera in tan leather on beige. Avoid this: Blurred; Too dark',
		]);
		expect(countOf(execution, 'Publish')).toBe(1);
		expect(session.emulator.ledger()).toMatchObject({ submitted: 2, billed: 2 });
		expect(slackTexts()).toEqual([]);
	});

	it('shows the best of three tries when none passes, each billed once', async () => {
		const tries = [0.3, 0.6, 0.5].map((weighted_pass_rate) => ({ ...BLURRED, weighted_pass_rate }));
		judgeInOrder(...tries);
		const execution = await run(await session.importExample('regenerate-until-it-passes.json'));
		expect(countOf(execution, 'Publish')).toBe(0);
		expect(session.emulator.ledger()).toMatchObject({ submitted: 3, billed: 3 });
		const [{ text, file } = { text: '', file: undefined }] = session.standIns.slack.messages;
		expect(text).toMatch(/^Not published: Camera\nThis is the best of 3 tries. Score: 0\.6\n/);
		expect(file?.content).not.toBe('');
	});
});

it.each([
	[
		'publishes the best that passed',
		[BLURRED, GOOD, { ...GOOD, weighted_pass_rate: 0.97 }, UNDECIDED],
		0.97,
	],
	['publishes none when none passed', [BLURRED, BROKEN, BLURRED, UNDECIDED], undefined],
])('best-of-four.json %s', async (_, outcomes, best) => {
	judgeInOrder(...outcomes);
	const execution = await run(await session.importExample('best-of-four.json'));
	const published = execution.runs.Publish === undefined ? [] : outputOf(execution, 'Publish');
	expect(published.map(({ weighted_pass_rate }) => weighted_pass_rate)).toEqual(best ? [best] : []);
	expect(slackTexts()).toHaveLength(best ? 0 : 1);
	expect(session.emulator.ledger()).toMatchObject({ submitted: 4 });
});

it('callback-to-row-and-slack.json submits, finds the rows again and alerts Slack', async () => {
	const { client, emulator } = session;
	emulator.options.outcome = {
		[imageUrl('good')]: GOOD,
		[imageUrl('blurred')]: BLURRED,
		[imageUrl('broken')]: BROKEN,
	};
	const images = ['good', 'blurred', 'broken'];
	const table = await createDataTable(client, VERDICT_TABLE, VERDICT_COLUMNS, [
		...images.map((name) => ({ image_url: imageUrl(name), task_type: 'headshot' })),
		{ image_url: '', task_type: 'headshot' },
		{ image_url: 'no address', task_type: 'headshot' },
	]);
	const workflow = await publishReact(session);
	await run(workflow);
	const started = await waitForExecutions(client, workflow.id, images.length + 1);
	const ended = await Promise.all(started.map(({ id }) => waitForExecution(client, id)));
	expect(new Set(ended.map(({ status }) => status))).toEqual(new Set(['success']));
	const written = await readDataTable(client, table);
	expect(written.map(({ verdict }) => verdict)).toEqual([
		...['passed', 'not_passed', 'no_verdict'],
		...[null, null],
	]);
	expect(slackTexts().sort()).toEqual([
		`Do not publish row 2: not_passed\nWhy: Blurred; Too dark\n${imageUrl('blurred')}`,
		expect.stringMatching(/^Do not publish row 3: no_verdict\nWhy: .+/),
		expect.stringMatching(/^No verdict yet: row 5\nno address\nWhy: .*URL/),
	]);
});

it('borderline-to-a-human.json asks a person about each image that lies between', async () => {
	const { client, emulator, standIns } = session;
	emulator.options.outcome = {
		Armchair: GOOD,
		Camera: { ...BLURRED, weighted_pass_rate: 0.7 },
		Doughnut: BROKEN,
	};
	const table = await createDataTable(client, DECISION_TABLE, DECISION_COLUMNS);
	const workflow = await session.importExample('borderline-to-a-human.json');
	const main = await run(workflow);
	expect(countOf(main, 'Publish')).toBe(1);
	const { messages } = standIns.slack;
	await until('both questions', () => messages.length === 2, QUESTION_MS);
	const question = (name: string) => messages.find(({ text }) => text.includes(name))?.buttons;
	const answers = [question('Camera')?.Approve, question('Doughnut')?.Decline];
	await waitForExecutions(client, workflow.id, 3);
	// n8n takes clients that do not look like a browser for link previews.
	const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x64) Firefox/140.0' };
	const runs = (await listExecutions(client, workflow.id)).filter(({ id }) => id !== main.id);
	for (const { id } of runs) await waitForExecution(client, id, ['waiting']);
	for (const url of answers) await fetch(url ?? '', { headers });
	const ended = await Promise.all(runs.map(({ id }) => waitForExecution(client, id, ['success'])));
	const published = ended.flatMap((each) =>
		each.runs['Publish Approved'] ? outputOf(each, 'Publish Approved') : [],
	);
	expect(published).toMatchObject([{ client_ref: 'Camera', approved: true }]);
	expect(await readDataTable(client, table)).toEqual(
		expect.arrayContaining([
			expect.objectContaining({ client_ref: 'Camera', verdict: 'not_passed', approved: true }),
			expect.objectContaining({ client_ref: 'Doughnut', verdict: 'no_verdict', approved: false }),
		]),
	);
	const told = emulator.evaluations.map(({ clientRef, feedback }) => [clientRef, feedback]);
	expect(Object.fromEntries(told)).toMatchObject({
		Camera: { isPositive: true },
		Doughnut: { isPositive: false },
	});
});

it("regression-test-a-prompt.json gives n8n's Evaluations their metrics", async () => {
	const { client } = session;
	const prompts = ['Armchair', 'Camera'].map((prompt) => ({ prompt, task_type: 'interior' }));
	const table = await createDataTable(client, PROMPT_TABLE, PROMPT_COLUMNS, prompts);
	judgeInOrder(GOOD, BLURRED);
	const replacements = { [PLACEHOLDER_TABLE_ID]: table.id };
	const workflow = await session.importExample('regression-test-a-prompt.json', replacements);
	const { status, metrics } = await runEvaluationTest(client, workflow);
	expect({ status, metrics }).toMatchObject({
		status: 'completed',
		metrics: { score: 0.675, passed: 0.5, credits: 0.4 },
	});
	const rows = await readDataTable(client, table);
	expect(rows.map(({ verdict }) => verdict)).toEqual(['passed', 'not_passed']);
});
