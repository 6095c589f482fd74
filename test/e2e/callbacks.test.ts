import { RUNFLOW_VERSION } from '../../lab/engine/names';
import { callSigned, holdBodies } from '../../lab/n8n/heldBodies';
import { startSession, type Session } from '../../lab/n8n/session';
import { report, storeWorkflow, until } from '../../lab/n8n/webhookRuns';
import { rowOfNodes } from '../../lab/n8n/workflowFile';
import { activateWorkflow, triggerWebhook } from '../../lab/n8n/workflows';

const SENDERS = 40;

let session: Session;

beforeAll(async () => {
	session = await startSession({
		emulator: { latency: 'manual' },
		// Otherwise n8n itself spends seconds on a sandbox for each sender.
		env: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' },
	});
}, 180_000);

afterAll(async () => {
	await session?.end();
});

async function publishTrigger(name: string, digit: string): Promise<string> {
	const { client, n8n } = session;
	const extra = { webhookId: `0b5f2c1e-4d3a-4c8b-9e6f-7a8b9c0d1f2${digit}` };
	const type = 'n8n-nodes-runflow.runflowTrigger';
	const trigger = { name: 'Verdict', type, typeVersion: RUNFLOW_VERSION, extra };
	const workflow = await storeWorkflow(session, rowOfNodes(name, [trigger]));
	const webhook = triggerWebhook(n8n.url, workflow, 'Verdict', 'runflow');
	await activateWorkflow(client, workflow, [webhook]);
	return webhook.url;
}

it('strangers that hold their bodies silence no trigger, and are sent away', async () => {
	const [attacked, other] = [await publishTrigger('one', '1'), await publishTrigger('other', '2')];
	expect((await callSigned(other)).status).toBe(404);
	const held = await holdBodies(attacked, SENDERS);
	const [during, same] = [await callSigned(other), await callSigned(attacked)];
	expect([during.status, same.status]).toEqual([404, 404]);
	report(
		`answered in ${during.ms.toFixed(0)} ms and ${same.ms.toFixed(0)} ms while ${SENDERS} hold their bodies`,
	);
	await until(
		'all senders are answered',
		() => held.answers().every((answer) => answer !== ''),
		30_000,
	);
	const statuses = held.answers().map((answer) => Number(answer.split(' ')[1]));
	expect(new Set(statuses)).toEqual(new Set([408]));
	await held.end();
	expect((await callSigned(other)).status).toBe(404);
});
