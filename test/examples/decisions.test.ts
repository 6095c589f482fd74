import { createDataTable, insertIntoDataTable, readDataTable } from '../../lab/n8n/dataTables';
import { DECISION_COLUMNS, DECISION_TABLE } from '../../lab/n8n/exampleFiles';
import { startExampleSession, type ExampleSession } from '../../lab/n8n/exampleSession';
import { waitForExecution } from '../../lab/n8n/executions';
import { People, untilEnded } from '../../lab/n8n/troubles/run';
import { makeSubjects } from '../../lab/n8n/troubles/subjects';
import { setUpForTrial } from '../../lab/n8n/troubles/trial';
import { report } from '../../lab/n8n/webhookRuns';
import { runWorkflow } from '../../lab/n8n/workflows';

const START = 'Start by Hand';
const QUESTIONS = 5;
const ENDED_MS = 90_000;
const TIMES = { timeoutSeconds: 60, personSeconds: 60 };

let session: ExampleSession;

beforeAll(async () => {
	session = await startExampleSession();
});

afterAll(async () => {
	await session?.end();
});

it('keeps what people decided, tells Runflow, and says how often people and judges agree', async () => {
	const { client, emulator, standIns } = session;
	const subjects = makeSubjects(QUESTIONS);
	emulator.options.latency = { distribution: 'fixed', minMs: 30 };
	emulator.options.outcome = (body) => ({
		overall_passed: body.client_ref !== 'Subject-01',
		weighted_pass_rate: 0.7,
	});
	const table = await createDataTable(client, DECISION_TABLE, DECISION_COLUMNS);
	const ask = await session.importExample('borderline-to-a-human.json', {}, (workflow) =>
		setUpForTrial(workflow, subjects, TIMES),
	);
	const people = new People(session);
	for (const round of [1, 2]) {
		await runWorkflow(client, ask, START);
		await untilEnded(session, ask.id, people, ENDED_MS);
		expect(await readDataTable(client, table)).toHaveLength(round * QUESTIONS);
	}
	expect(emulator.evaluations.map(({ feedback }) => feedback.isPositive)).toEqual(
		Array.from({ length: 2 * QUESTIONS }, () => true),
	);
	const compare = await session.importExample('how-often-people-agree.json');
	const said = async () => {
		standIns.slack.messages.length = 0;
		await waitForExecution(client, await runWorkflow(client, compare, START));
		const [{ text } = { text: '' }] = standIns.slack.messages;
		report(text);
		return text;
	};
	expect(await said()).toBe(
		'People and judges agree on 8 of 10 images (80 %).\nFewer than 30 decisions with a score: too few to advise a Minimum Score.',
	);
	const more = Array.from({ length: 40 }, (_, index) => ({
		...{ client_ref: `Image ${index}`, verdict: index < 20 ? 'not_passed' : 'passed' },
		...{ weighted_pass_rate: (50 + index) / 100, approved: index > 20 },
	}));
	await insertIntoDataTable(client, table, more);
	expect(await said()).toBe(
		'People and judges agree on 47 of 50 images (94 %).\nMinimum Score 0.71 would have let pass 19 of the images that people approved, and 0 of those they declined.',
	);
});

it('balance-every-morning.json warns when the balance is low, and only then', async () => {
	const { client, emulator, standIns } = session;
	const workflow = await session.importExample('balance-every-morning.json');
	const said = async (balance: string) => {
		standIns.slack.messages.length = 0;
		emulator.options.balance = balance;
		await waitForExecution(client, await runWorkflow(client, workflow, 'Every Morning'));
		return standIns.slack.messages.map(({ text }) => text);
	};
	expect(await said('500')).toEqual([]);
	expect(await said('5')).toEqual([
		expect.stringMatching(/^The Runflow balance is low: 5\D.*nothing passes\.$/),
	]);
});
