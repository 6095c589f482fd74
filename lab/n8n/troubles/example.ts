import type { Emulator } from '../../emulator';
import { readExample } from '../exampleFiles';
import { MCP_TOKEN, publishReact, type ExampleSession } from '../exampleSession';
import { outputOf, waitForExecution, type Execution } from '../executions';
import { McpClient } from '../mcp';
import { readString, type JsonRecord } from '../read';
import { runEvaluationTest } from '../testRuns';
import { until } from '../webhookRuns';
import {
	activateWorkflow,
	deactivateWorkflow,
	runWorkflow,
	writeInChat,
	type StoredWorkflow,
} from '../workflows';
import { judges } from './applies';
import { judgeTrace, type Findings } from './judge';
import { People, retryFailed, untilEnded } from './run';
import { judgeSubjects, makeSubjects, passes, runIdOf, type Subject } from './subjects';
import type { Trouble } from './table';
import { fillTable } from './tables';
import { setUpForTrial } from './trial';

const SUBJECTS = 3;
const BALANCE = '100000';
/** What the example that reads it warns of. */
const LOW_BALANCE = '5';
const SLOW_MS = 150_000;
const SUBMIT_MS = 20_000;
const PERSON_SECONDS = 3;
const NEVER_MS = 3_600_000;
const LATE = { timeoutSeconds: 1, latency: { distribution: 'fixed', minMs: NEVER_MS } } as const;
const SLOWLY = { timeoutSeconds: 60, latency: { distribution: 'fixed', minMs: 4_000 } } as const;
const IN_TIME = { timeoutSeconds: 60, latency: { distribution: 'fixed', minMs: 30 } } as const;

/** What an example did under a trouble. */
export interface Result extends Findings {
	submitted: number;
	billed: number;
	generated: number;
	executions: Execution[];
}

/** Runs an example under a trouble, from its start to the end of all that it started. */
export async function tryExample(
	session: ExampleSession,
	file: string,
	trouble: Trouble,
	filesFolder: string,
): Promise<Result> {
	const json = JSON.stringify(readExample(file));
	const subjects = makeSubjects(judges(json) ? (trouble.subjects ?? SUBJECTS) : 0, trouble.twins);
	const { emulator, standIns } = session;
	const { latency, timeoutSeconds } = timesOf(trouble);
	// What was reset is gone: its ids must not come again.
	emulator.options.seed += 1;
	emulator.reset();
	const callbacks = {
		callbackDuplicates: Math.max(1, trouble.callbacks ?? 1),
		callbackDelayMs: trouble.callbacks === 0 ? NEVER_MS : 0,
	};
	emulator.configure({
		latency,
		forcedAnswers: forcedBy(trouble),
		balance: json.includes('getBalance') ? LOW_BALANCE : BALANCE,
		...callbacks,
	});
	judgeSubjects(emulator, subjects, (subject) =>
		subject === subjects[0] ? trouble.outcome : undefined,
	);
	const { slack, openAi, fal } = standIns;
	for (const log of [slack.messages, slack.refused, openAi.images, openAi.imagePrompts])
		log.length = 0;
	fal.prompts.clear();
	const [struck] = subjects;
	Object.assign(standIns.troubles, {
		slackRefuses: trouble.slackRefuses,
		slackLimits: trouble.slackLimits,
		generator: trouble.generator && { kind: trouble.generator, word: struck?.name ?? '' },
	});

	const table = await fillTable(session, json, subjects, filesFolder);
	const edit = (workflow: JsonRecord) =>
		setUpForTrial(workflow, subjects, { timeoutSeconds, personSeconds: PERSON_SECONDS });
	const workflow = json.includes('runflowTrigger"')
		? await publishReact(session, table?.replacements, edit)
		: await session.importExample(file, table?.replacements, edit);
	if (struck !== undefined && trouble.runJudged !== undefined) {
		const url = trouble.runJudged === 'another image' ? undefined : struck.url;
		if (trouble.runJudged === 'not yet') emulator.options.latency = LATE.latency;
		const outcome = trouble.runJudged === 'not yet' ? undefined : passes(0.95);
		emulator.evaluateRun(runIdOf(struck), outcome, url);
		emulator.options.latency = latency;
	}
	if (trouble.tableRefuses) await table?.lock(true);
	const people = new People(session, trouble.people);
	const answers = new Map<Subject, string>();
	let executions: Execution[] = [];
	for (let run = 0; run < (trouble.runs ?? 1); run++) {
		for (let nth = 0; nth < (trouble.atOnce ?? 1); nth++) {
			await start(session, workflow, subjects, answers);
		}
		if (trouble.replacesImage && run === 0 && struck !== undefined) {
			await until('a submit', () => emulator.evaluations.length > 0, SUBMIT_MS);
			await table?.replaceImage(struck.url, `${struck.url}?new`);
		}
		executions = await untilEnded(session, workflow.id, people, SLOW_MS);
		if (!json.includes('runflowTrigger"') || trouble.late || trouble.callbacks === 0) continue;
		await until('the callbacks', () => areDelivered(emulator), SUBMIT_MS);
		executions = await untilEnded(session, workflow.id, people, SLOW_MS);
	}
	emulator.options.forcedAnswers = [];
	standIns.troubles.slackRefuses = false;
	if (trouble.tableRefuses) await table?.lock(false);
	if (trouble.retry) {
		await retryFailed(session, executions);
		executions = await untilEnded(session, workflow.id, people, SLOW_MS);
	}
	const rows = (await table?.read()) ?? [];
	const trace = { subjects, executions, rows, answers, approvals: people.approvals };
	const { submitted, billed } = emulator.ledger();
	const generated = openAi.images.length + fal.prompts.size;
	return { ...(await judgeTrace(session, trace)), submitted, billed, generated, executions };
}

/** Whether each callback has been delivered as often as it is to be. */
const areDelivered = ({ evaluations, deliveries, options }: Emulator) =>
	deliveries.length >= evaluations.length * options.callbackDuplicates;

function timesOf({ late, replacesImage, callbacks }: Trouble) {
	if (late) return LATE;
	if (callbacks === 0) return { ...IN_TIME, timeoutSeconds: 1 };
	return replacesImage ? SLOWLY : IN_TIME;
}

function forcedBy({ refusal, runRefusal }: Trouble) {
	const evaluations = { method: 'POST', pathPrefix: '/v1/evaluations', status: refusal };
	const runs = { method: 'GET', pathPrefix: '/v1/runs', status: runRefusal };
	return [evaluations, runs].flatMap(({ status, ...rest }) =>
		status ? [{ ...rest, status }] : [],
	);
}

/** Starts an example as its trigger wants it. */
async function start(
	session: ExampleSession,
	workflow: StoredWorkflow,
	subjects: Subject[],
	answers: Map<Subject, string>,
): Promise<void> {
	const { client } = session;
	const types = new Map(workflow.nodes.map(({ type, name }) => [String(type), String(name)]));
	const named = (type: string) => [...types].find(([each]) => each.endsWith(`.${type}`))?.[1];
	const chat = named('chatTrigger');
	if (chat !== undefined) {
		for (const subject of subjects) {
			const id = await writeInChat(client, workflow, chat, `May I publish ${subject.url} ?`);
			const execution = await waitForExecution(client, id);
			answers.set(subject, readString(outputOf(execution, 'Image Assistant')[0] ?? {}, 'output'));
		}
		return;
	}
	if (named('mcpTrigger') !== undefined) {
		await askByMcp(session, workflow, subjects, answers);
		return;
	}
	if (named('evaluationTrigger') !== undefined)
		return void (await runEvaluationTest(client, workflow));
	const trigger = named('manualTrigger') ?? named('scheduleTrigger');
	if (trigger === undefined) throw new Error(`${workflow.name}: no start`);
	await runWorkflow(client, workflow, trigger);
}

async function askByMcp(
	{ client, n8n }: ExampleSession,
	workflow: StoredWorkflow,
	subjects: Subject[],
	answers: Map<Subject, string>,
): Promise<void> {
	await activateWorkflow(client, workflow);
	try {
		const assistant = new McpClient(`${n8n.url}/mcp/runflow-image-check`, MCP_TOKEN);
		await assistant.connect();
		const judge = (await assistant.toolNames()).find((name) => name.startsWith('Judge')) ?? '';
		for (const subject of subjects) {
			const values = { image_url: subject.url, task_type: 'product_photography' };
			const said = await assistant.call(judge, values);
			answers.set(subject, said.includes('"verdict":"passed"') ? 'Yes' : said);
		}
	} finally {
		await deactivateWorkflow(client, workflow);
	}
}
