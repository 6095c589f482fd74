import { defaultOptions } from '../../lab/emulator';
import {
	getExecution,
	listExecutions,
	outputOf,
	waitForExecution,
	waitForExecutions,
	type Execution,
	type ExecutionSummary,
} from '../../lab/n8n/executions';
import { startSession, type Session } from '../../lab/n8n/session';
import {
	judgeNode,
	makeRows,
	postRows,
	publishWebhook,
	report,
	seconds,
	until,
	webhookFile,
	webhookOf,
	type Published,
	type Row,
} from '../../lab/n8n/webhookRuns';
import type { NodeSketch } from '../../lab/n8n/workflowFile';
import type { StoredWorkflow } from '../../lab/n8n/workflows';

/** Runflow tries again for about two minutes: longer than n8n is away. */
const RETRY_DELAYS_MS = [1_000, 2_000, ...Array.from({ length: 24 }, () => 5_000)];
const PASS_NOTHING: NodeSketch[] = [];
const LONG_MS = 180_000;

let session: Session;

beforeAll(async () => {
	session = await startSession({
		emulator: { callbackRetryDelaysMs: RETRY_DELAYS_MS },
		env: { N8N_CONCURRENCY_PRODUCTION_LIMIT: '1' },
	});
});

afterAll(async () => {
	await session?.end();
});

beforeEach(() => {
	session.emulator.options.latency = 'manual';
	session.emulator.options.outcome = null;
	session.emulator.reset();
});

async function publish(path: string, nodes: NodeSketch[]): Promise<Published> {
	const webhook = webhookOf(session.n8n.url, path);
	return await publishWebhook(session, webhook, webhookFile(path, nodes));
}

async function statuses({ id }: StoredWorkflow): Promise<string[]> {
	return (await listExecutions(session.client, id)).map(({ status }) => status);
}

async function untilAll({ workflow }: Published, status: string, count: number): Promise<void> {
	const areSo = async () => {
		const found = await statuses(workflow);
		return found.length === count && found.every((each) => each === status);
	};
	await until(`${count} executions ${status}`, areSo, LONG_MS);
}

function settleAll(): void {
	for (const { id } of session.emulator.evaluations) session.emulator.settle(id);
}

async function readAll(executions: ExecutionSummary[]): Promise<Execution[]> {
	return await Promise.all(executions.map(({ id }) => getExecution(session.client, id)));
}

const refsOf = (rows: Row[]): string[] => rows.map(({ ref }) => ref).sort();

it(
	'a parked execution that runs out of time comes out of No Verdict, with the ids',
	async () => {
		const late = await publish('late', [
			judgeNode('callback', { splitByVerdict: true }, {}, { timeoutSeconds: 5 }),
		]);
		const rows = makeRows('late', 3);
		const startedAt = Date.now();
		await postRows(late.webhook, rows);
		const [{ id } = { id: '' }] = await waitForExecutions(session.client, late.workflow.id);
		const execution = await waitForExecution(session.client, id, ['success'], LONG_MS);
		report(`out of time after ${seconds(startedAt)} s with a limit of 5 s`);
		expect(outputOf(execution, 'Judge', 0)).toEqual(
			session.emulator.evaluations.map((evaluation) =>
				expect.objectContaining({
					id: evaluation.id,
					client_ref: evaluation.clientRef,
					verdict: 'no_verdict',
				}),
			),
		);
		expect(execution.runs.Judge?.at(-1)?.outputs.slice(1).flat()).toEqual([]);
	},
	LONG_MS,
);

it('split by verdict and parked: each item comes out where it belongs', async () => {
	session.emulator.options.outcome = {
		'split-0': { overall_passed: true },
		'split-1': { overall_passed: false },
		'split-2': { overall_passed: null },
		'split-3': { overall_passed: true },
	};
	const split = await publish('split', [judgeNode('callback', { splitByVerdict: true })]);
	await postRows(split.webhook, makeRows('split', 4));
	await untilAll(split, 'waiting', 1);
	settleAll();
	await untilAll(split, 'success', 1);
	const [execution] = await readAll(await listExecutions(session.client, split.workflow.id));
	if (execution === undefined) throw new Error('no execution');
	const outputs = [0, 1, 2].map((output) => outputOf(execution, 'Judge', output));
	expect(outputs.map((items) => items.map(({ client_ref }) => client_ref))).toEqual([
		['split-2'],
		['split-1'],
		['split-0', 'split-3'],
	]);
});

it(
	'50 parked evaluations hold no slot and survive kill -9: every verdict, nothing twice',
	async () => {
		const parked = await publish('parked', [judgeNode('callback')]);
		const other = await publish('other', PASS_NOTHING);
		const batches = Array.from({ length: 10 }, (_, index) => makeRows(`parked-${index}`, 5));
		await Promise.all(batches.map((rows) => postRows(parked.webhook, rows)));
		await untilAll(parked, 'waiting', batches.length);

		await postRows(other.webhook, makeRows('other', 1));
		await untilAll(other, 'success', 1);
		expect(new Set(await statuses(parked.workflow))).toEqual(new Set(['waiting']));

		await session.n8n.kill();
		const killedAt = Date.now();
		settleAll();
		const { deliveries } = session.emulator;
		await until('50 callbacks to nobody', () => deliveries.length >= 50, LONG_MS);
		expect(deliveries.every(({ status }) => status === 'error')).toBe(true);
		await session.n8n.start();
		const awayFor = seconds(killedAt);
		await untilAll(parked, 'success', batches.length);
		report(`away for ${awayFor} s, all 50 verdicts ${seconds(killedAt)} s after the kill`);

		const executions = await readAll(await listExecutions(session.client, parked.workflow.id));
		const items = executions.flatMap((execution) => outputOf(execution, 'Judge'));
		expect(items.map(({ client_ref }) => String(client_ref)).sort()).toEqual(
			refsOf(batches.flat()),
		);
		expect(items.every(({ status_code }) => status_code === 'completed')).toBe(true);
		expect(session.emulator.ledger()).toMatchObject({ submitted: 50, billed: 50, billedTwice: [] });
	},
	LONG_MS,
);

it.each([
	{ keys: "the node's own keys", fields: {}, submitted: 100, twice: 50 },
	{
		keys: 'an Idempotency Key per row',
		fields: { idempotencyKey: '={{ $json.ref }}' },
		submitted: 50,
		twice: 0,
	},
])(
	'50 polled evaluations are cut off by kill -9; started again with $keys: $twice billed twice',
	async ({ fields, submitted, twice }) => {
		const name = `polled-${twice}`;
		const polled = await publish(name, [judgeNode('poll', {}, fields)]);
		const rows = makeRows(name, 50);
		await postRows(polled.webhook, rows);
		const { evaluations, requests } = session.emulator;
		const polls = () => requests.filter(({ method }) => method === 'GET').length;
		const areSent = () => evaluations.length >= 50 && polls() >= 50;
		await until('50 evaluations sent and polled', areSent, LONG_MS);

		await session.n8n.kill();
		settleAll();
		expect(session.emulator.ledger()).toMatchObject({ submitted: 50, billed: 50, billedTwice: [] });
		await session.n8n.start();
		await untilAll(polled, 'crashed', 1);
		expect(session.emulator.ledger().submitted).toBe(50);

		session.emulator.options.latency = defaultOptions().latency;
		await postRows(polled.webhook, rows);
		await waitForExecutions(session.client, polled.workflow.id, 2);
		const [again] = await listExecutions(session.client, polled.workflow.id);
		const execution = await waitForExecution(session.client, again?.id ?? '');
		expect(outputOf(execution, 'Judge').map(({ client_ref }) => client_ref)).toEqual(
			rows.map(({ ref }) => ref),
		);
		const ledger = session.emulator.ledger();
		expect(ledger.submitted).toBe(submitted);
		expect(ledger.billedTwice).toHaveLength(twice);
	},
	LONG_MS,
);
