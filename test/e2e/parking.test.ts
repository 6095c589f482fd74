import { createCredential } from '../../lab/n8n/credentials';
import {
	getExecution,
	listExecutions,
	outputOf,
	waitForExecution,
	waitForExecutions,
	type Execution,
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

/** Runflow delivers again for two minutes. */
const RETRY_DELAYS_MS = [1_000, 2_000, ...Array.from({ length: 24 }, () => 5_000)];
const LONG_MS = 180_000;
const SLOW_STEP: NodeSketch = {
	name: 'Slow Step',
	type: 'n8n-nodes-base.wait',
	typeVersion: 1.1,
	parameters: { resume: 'timeInterval', amount: 12, unit: 'seconds' },
};

let session: Session;

beforeAll(async () => {
	session = await startSession({ emulator: { callbackRetryDelaysMs: RETRY_DELAYS_MS } });
}, LONG_MS);

afterAll(async () => {
	await session?.end();
});

beforeEach(() => {
	const { options } = session.emulator;
	session.emulator.reset();
	session.emulator.configure({
		latency: 'manual',
		rateLimitPerSecond: null,
		callbackDelayMs: 0,
		seed: options.seed + 1,
	});
});

async function publish(path: string, nodes: NodeSketch[]): Promise<Published> {
	return await publishWebhook(session, webhookOf(session.n8n.url, path), webhookFile(path, nodes));
}

/** Starts an execution with these rows; when it is parked, Runflow finishes everything. */
async function parkAndFinish(published: Published, rows: Row[]): Promise<string> {
	await postRows(published.webhook, rows);
	const [{ id } = { id: '' }] = await waitForExecutions(session.client, published.workflow.id);
	await waitForExecution(session.client, id, ['waiting'], LONG_MS);
	for (const { id: evaluation } of session.emulator.evaluations) {
		session.emulator.settle(evaluation, { overall_passed: true });
	}
	return id;
}

async function ended(id: string): Promise<Execution> {
	return await waitForExecution(session.client, id, ['success'], LONG_MS);
}

it.each([false, true])(
	'an error output takes no verdict away (split %s)',
	async (splitByVerdict) => {
		const node = judgeNode('callback', {
			splitByVerdict,
			taskType: '={{ $json.ref.endsWith("-1") ? "" : "headshot" }}',
		});
		const path = `errors-${String(splitByVerdict)}`;
		const published = await publish(path, [{ ...node, extra: { onError: 'continueErrorOutput' } }]);
		const execution = await ended(await parkAndFinish(published, makeRows(path, 4)));
		const outputs = execution.runs.Judge?.at(-1)?.outputs.map(({ length }) => length);
		expect(outputs).toEqual(splitByVerdict ? [1, 0, 3, 0] : [3, 1]);
	},
	LONG_MS,
);

it(
	'Execute Once hands out what was judged and nothing else',
	async () => {
		const node = judgeNode('callback', { splitByVerdict: true });
		const published = await publish('once', [{ ...node, extra: { executeOnce: true } }]);
		const rows = makeRows('once', 3).map((row) => ({ ...row, verdict: 'passed' }));
		const execution = await ended(await parkAndFinish(published, rows));
		expect(outputOf(execution, 'Judge', 2).map(({ client_ref }) => client_ref)).toEqual(['once-0']);
		expect(execution.runs.Judge?.at(-1)?.outputs.flat()).toHaveLength(1);
	},
	LONG_MS,
);

it.each(['a }} b', '{{ x }}', 'line\u2028end', 'It\'s "1" \u2029'])(
	'a node named %j resumes',
	async (name) => {
		const path = `name-${name.length}`;
		const published = await publish(path, [{ ...judgeNode('callback'), name }]);
		const execution = await ended(await parkAndFinish(published, makeRows(path, 2)));
		expect(outputOf(execution, name).map(({ verdict }) => verdict)).toEqual(['passed', 'passed']);
	},
	LONG_MS,
);

it(
	'Retry with the saved workflow after a crash in a later node bills nothing again',
	async () => {
		const node = judgeNode('callback', { generatedImageUrl: "={{ $('Rows').item.json.url }}" });
		const published = await publish('again', [node, SLOW_STEP]);
		const id = await parkAndFinish(published, makeRows('again', 6));
		await waitForExecution(session.client, id, ['running'], LONG_MS);
		await session.n8n.kill();
		await session.n8n.start();
		const hasCrashed = async () => (await getExecution(session.client, id)).status === 'crashed';
		await until('the execution counts as crashed', hasCrashed, LONG_MS);

		await session.client.send('POST', `/rest/executions/${id}/retry`, { loadWorkflow: true });
		const [newest] = await listExecutions(session.client, published.workflow.id);
		const again = await getExecution(session.client, newest?.id ?? '');
		expect([again.mode, again.status]).toEqual(['retry', 'success']);
		expect(outputOf(again, 'Judge').map(({ verdict }) => verdict)).toEqual(
			Array.from({ length: 6 }, () => 'passed'),
		);
		expect(session.emulator.ledger()).toMatchObject({ submitted: 6, billedTwice: [] });
	},
	LONG_MS,
);

it(
	'200 rows of an account that takes 60 requests a second: 200 verdicts',
	async () => {
		const published = await publish('limited', [judgeNode('callback')]);
		const spread = { callbackShuffle: true, callbackDelayMs: 40_000 };
		session.emulator.configure({ rateLimitPerSecond: 60, ...spread });
		const startedAt = Date.now();
		const execution = await ended(await parkAndFinish(published, makeRows('limited', 200)));
		const verdicts = outputOf(execution, 'Judge').map(({ verdict }) => verdict);
		expect(verdicts).toEqual(Array.from({ length: 200 }, () => 'passed'));
		const { requests, deliveries } = session.emulator;
		const looks = requests.filter(({ method }) => method === 'GET');
		report(
			`200 verdicts after ${seconds(startedAt)} s, ${looks.length} looks, ${deliveries.length} deliveries, ${looks.filter(({ status }) => status === 429).length} answers 429`,
		);
	},
	LONG_MS,
);

it(
	'spends nothing where Runflow cannot call back',
	async () => {
		const docker = await startSession({ env: { WEBHOOK_URL: 'http://n8n:5678/' } });
		try {
			const data = { ...docker.credentialData, baseUrl: 'https://api.runflow.io' };
			const credential = await createCredential(docker.client, 'runflowApi', data, 'Elsewhere');
			const owner = { client: docker.client, credential };
			const webhook = webhookOf(docker.n8n.url, 'reach');
			const file = webhookFile('reach', [judgeNode('callback')]);
			const published = await publishWebhook(owner, webhook, file);
			await postRows(webhook, makeRows('reach', 2));
			const [{ id } = { id: '' }] = await waitForExecutions(docker.client, published.workflow.id);
			const execution = await waitForExecution(docker.client, id);
			expect([execution.status, execution.error?.message]).toEqual([
				...['error', 'Runflow cannot call this n8n back'],
			]);
			expect(execution.error?.description).toContain('http://n8n:5678/');
		} finally {
			await docker.end();
		}
	},
	LONG_MS,
);
