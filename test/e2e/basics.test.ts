/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultOptions } from '../../lab/emulator';
import {
	createCredential,
	testCredential,
	type CredentialReference,
} from '../../lab/n8n/credentials';
import {
	outputOf,
	stopExecution,
	waitForExecution,
	waitForExecutions,
	getExecution,
	type Execution,
} from '../../lab/n8n/executions';
import { credentialTypesByNodeType, listNodeTypes } from '../../lab/n8n/nodeTypes';
import { startSession, type Session } from '../../lab/n8n/session';
import {
	itemsNode,
	MANUAL_TRIGGER,
	rowOfNodes,
	runflowNode,
	type NodeSketch,
} from '../../lab/n8n/workflowFile';
import {
	activateWorkflow,
	importWorkflow,
	runWorkflow,
	triggerWebhook,
	type StoredWorkflow,
} from '../../lab/n8n/workflows';

const ROWS = ['a', 'b', 'c'].map((name) => ({
	url: `https://images.example/${name}.png`,
	ref: `row-${name}`,
}));

const SUBMIT = runflowNode('Submit', 'submit', {
	generatedImageUrl: '={{ $json.url }}',
	taskType: 'product_photography',
	additionalFields: { clientRef: '={{ $json.ref }}' },
});
const WAIT = runflowNode('Wait', 'wait', { evaluationId: '={{ $json.id }}' });

let session: Session;
let credentialTypes: Map<string, Set<string>>;

beforeAll(async () => {
	session = await startSession();
	credentialTypes = credentialTypesByNodeType(await listNodeTypes(session.client));
});

afterAll(async () => {
	await session.end();
});

beforeEach(() => {
	session.emulator.options.latency = defaultOptions().latency;
	session.emulator.reset();
});

async function store(
	nodes: NodeSketch[],
	credential: CredentialReference = session.credential,
): Promise<StoredWorkflow> {
	const file = rowOfNodes(expect.getState().currentTestName ?? 'test', nodes);
	return await importWorkflow(session.client, file, { credentials: [credential], credentialTypes });
}

async function start(nodes: NodeSketch[], credential?: CredentialReference): Promise<string> {
	const workflow = await store(nodes, credential);
	return await runWorkflow(session.client, workflow, MANUAL_TRIGGER.name);
}

async function execute(nodes: NodeSketch[], credential?: CredentialReference): Promise<Execution> {
	return await waitForExecution(session.client, await start(nodes, credential));
}

describe('the package in a real n8n', () => {
	it('is loaded with both nodes and the tool made of the action node', async () => {
		const names = (await listNodeTypes(session.client)).map(({ name }) => name);
		expect(names).toEqual(
			expect.arrayContaining([
				'n8n-nodes-runflow.runflow',
				'n8n-nodes-runflow.runflowTool',
				'n8n-nodes-runflow.runflowTrigger',
			]),
		);
	});

	it('tests a credential', async () => {
		const { client, credential, credentialData } = session;
		await expect(testCredential(client, credential, credentialData)).resolves.toMatchObject({
			status: 'OK',
		});
		const wrong = { ...credentialData, apiKey: 'rf_live_wrong' };
		const refused = await createCredential(client, 'runflowApi', wrong);
		await expect(testCredential(client, refused, wrong)).resolves.toMatchObject({
			status: 'Error',
		});
	});

	it('submits three images and waits for their verdicts', async () => {
		const execution = await execute([MANUAL_TRIGGER, itemsNode(ROWS), SUBMIT, WAIT]);
		expect(execution.error).toBeUndefined();
		expect(execution.status).toBe('success');
		expect(outputOf(execution, 'Wait')).toEqual(
			ROWS.map(({ ref }) => expect.objectContaining({ client_ref: ref, status_code: 'completed' })),
		);
		expect(session.emulator.evaluations).toHaveLength(3);
	});

	it("reads a run's own verdict, and the balance", async () => {
		const runId = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';
		session.emulator.evaluateRun(runId, { overall_passed: true });
		session.emulator.options.balance = '12.350000';
		const execution = await execute([
			MANUAL_TRIGGER,
			runflowNode('Verdict', 'getMany', { runId }),
			runflowNode('Balance', 'getBalance', { resource: 'account' }),
		]);
		session.emulator.options.balance = null;
		expect(execution.error).toBeUndefined();
		expect(outputOf(execution, 'Verdict')).toMatchObject([{ verdict: 'passed', run_id: runId }]);
		expect(outputOf(execution, 'Balance')).toMatchObject([{ balance: 12.35, isLow: false }]);
	});

	it('says what is wrong with the key', async () => {
		const wrong = { ...session.credentialData, apiKey: 'rf_live_wrong' };
		const credential = await createCredential(session.client, 'runflowApi', wrong);
		const execution = await execute([MANUAL_TRIGGER, itemsNode(ROWS), SUBMIT], credential);
		expect(execution.status).toBe('error');
		expect(execution.error).toMatchObject({ httpCode: '401', itemIndex: 0 });
		expect(execution.error?.message).toMatch(/API key/);
		expect(JSON.stringify(execution)).not.toContain('rf_live_wrong');
	});

	it('stops within a second', async () => {
		session.emulator.options.latency = 'manual';
		const id = await start([MANUAL_TRIGGER, itemsNode(ROWS), SUBMIT, WAIT]);
		while (session.emulator.requests.every(({ method }) => method !== 'GET')) await sleep(20);
		const pressedAt = Date.now();
		await stopExecution(session.client, id);
		expect(Date.now() - pressedAt).toBeLessThan(1000);
		expect((await getExecution(session.client, id)).status).toBe('canceled');

		const sent = session.emulator.requests.length;
		await sleep(1000);
		expect(session.emulator.requests).toHaveLength(sent);
	});

	it('starts a published workflow when the callback comes', async () => {
		const trigger = { name: 'Verdict', type: 'n8n-nodes-runflow.runflowTrigger' };
		const workflow = await store([trigger]);
		const webhook = triggerWebhook(session.n8n.url, workflow, 'Verdict', 'runflow');
		await activateWorkflow(session.client, workflow, [webhook]);

		const submit = runflowNode('Submit', 'submit', {
			generatedImageUrl: '={{ $json.url }}',
			taskType: 'product_photography',
			additionalFields: { clientRef: '={{ $json.ref }}', callbackUrl: webhook.url },
		});
		await execute([MANUAL_TRIGGER, itemsNode(ROWS), submit]);

		const { client } = session;
		const started = await waitForExecutions(client, workflow.id, ROWS.length);
		const ended = await Promise.all(started.map(({ id }) => waitForExecution(client, id)));
		const references = ended.map((execution) => outputOf(execution, 'Verdict')[0]?.client_ref);
		expect(references.sort()).toEqual(ROWS.map(({ ref }) => ref));
	});
});
