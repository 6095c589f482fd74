/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { createCredential, testCredential } from '../../lab/n8n/credentials';
import { outputOf, waitForExecution, type Execution } from '../../lab/n8n/executions';
import type { JsonRecord } from '../../lab/n8n/read';
import { startSession, type Session } from '../../lab/n8n/session';
import { storeWorkflow } from '../../lab/n8n/webhookRuns';
import { itemsNode, MANUAL_TRIGGER, rowOfNodes, runflowNode } from '../../lab/n8n/workflowFile';
import { runWorkflow } from '../../lab/n8n/workflows';
import { portOf } from '../../lab/scenario/receiver';

const [ONE, OTHER] = ['rf_live_full', 'rf_live_noassets'];
const JUDGE = runflowNode('Judge', 'submitAndWait', {
	generatedImageUrl: '={{ $json.url }}',
	taskType: 'headshot',
	additionalFields: { clientRef: '={{ $json.ref }}' },
});

let session: Session;
/** The proxy of this n8n, past which only 127.0.0.1 is reached. */
let proxy: Server;
let heard = '';

beforeAll(async () => {
	proxy = createServer((request, response) => {
		heard += `${request.method} ${request.url} ${request.headers.authorization}\n`;
		response.writeHead(502).end();
	});
	await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
	const HTTP_PROXY = `http://127.0.0.1:${portOf(proxy.address())}`;
	session = await startSession({ env: { HTTP_PROXY, NO_PROXY: '127.0.0.1' } });
});

afterAll(async () => {
	await session?.end();
	proxy.close();
});

beforeEach(() => {
	session.emulator.reset();
	heard = '';
});

const rows = (...keys: string[]): JsonRecord[] =>
	keys.map((key, at) => ({ key, ref: `row-${at}`, url: `https://images.example/${at}.png` }));

async function execute(file: JsonRecord, data: JsonRecord = {}): Promise<Execution> {
	const { client, credentialData } = session;
	const credential = await createCredential(client, 'runflowApi', { ...credentialData, ...data });
	const workflow = await storeWorkflow({ client, credential }, file);
	return await waitForExecution(client, await runWorkflow(client, workflow, MANUAL_TRIGGER.name));
}

describe('an API key that is an expression of the row', () => {
	const apiKey = '={{ $json.key }}';
	const judged = async (...keys: string[]) =>
		await execute(rowOfNodes('Keys', [MANUAL_TRIGGER, itemsNode(rows(...keys)), JUDGE]), {
			apiKey,
		});

	it('of one account is used, and that account billed', async () => {
		const execution = await judged(OTHER, OTHER);
		expect(execution.error).toBeUndefined();
		expect(outputOf(execution, 'Judge')).toHaveLength(2);
		const keys = new Set(session.emulator.requests.map((request) => request.apiKey));
		expect([...keys]).toEqual([OTHER]);
	});

	it('of two accounts is refused before anything is sent: nobody is billed', async () => {
		const execution = await judged(ONE, ONE, OTHER);
		expect(execution.error?.message).toBe('The items use different Runflow accounts');
		expect(session.emulator.requests).toEqual([]);
	});
});

it('what passed last night and cannot be read today has no verdict, in the table and in the report', async () => {
	const lastNight = { verdict: 'passed', passed: true, overall_passed: true, reason: 'fine' };
	const table = rows('', '', '').map((row) => ({ ...row, ...lastNight, weighted_pass_rate: 0.97 }));
	Object.assign(table[1] ?? {}, { url: 'images/1.png' });
	session.emulator.options.outcome = () => ({ overall_passed: true, weighted_pass_rate: 0.9 });
	const judge = { ...JUDGE, extra: { onError: 'continueErrorOutput' } };
	const merge = { name: 'All Rows', type: 'n8n-nodes-base.merge', typeVersion: 3 };
	const report = runflowNode('Report', 'createReport', { title: 'Nightly' });
	const file = rowOfNodes('Nights', [MANUAL_TRIGGER, itemsNode(table), judge, merge, report]);
	const to = (index: number) => [{ node: 'All Rows', type: 'main', index }];
	const connections = { ...Object(file.connections), Judge: { main: [to(0), to(1)] } };
	const execution = await execute({ ...file, connections });
	session.emulator.options.outcome = null;
	expect(execution.error).toBeUndefined();
	const written = outputOf(execution, 'All Rows');
	expect(written.find(({ ref, client_ref }) => (client_ref ?? ref) === 'row-1')).toMatchObject({
		...{ verdict: 'no_verdict', passed: false, overall_passed: null, weighted_pass_rate: null },
		reason: "'Generated Image URL' is not an address that Runflow can read",
	});
	expect(outputOf(execution, 'Report')).toMatchObject([{ total: 3, passed: 2, no_verdict: 1 }]);
	expect(session.emulator.ledger()).toMatchObject({ billed: 2 });
});

describe('a Base URL that the proxy of n8n would carry in the clear', () => {
	const baseUrl = () => session.emulator.url.replace('127.0.0.1', 'localhost');

	it('gets no key, from the node', async () => {
		const file = rowOfNodes('Proxy', [MANUAL_TRIGGER, itemsNode(rows('')), JUDGE]);
		const execution = await execute(file, { baseUrl: baseUrl() });
		expect(execution.error?.message).toBe('A proxy would read the API key');
		expect(execution.error?.description).toContain('Add localhost to NO_PROXY');
		expect([heard, session.emulator.requests]).toEqual(['', []]);
	});

	it('gets no key, from the Test button', async () => {
		const { client, credentialData } = session;
		const data = { ...credentialData, baseUrl: baseUrl() };
		const credential = await createCredential(client, 'runflowApi', data);
		const { status, message } = await testCredential(client, credential, data);
		expect(status).toBe('Error');
		expect(message).toContain('Add localhost to NO_PROXY');
		expect([heard, session.emulator.requests]).toEqual(['', []]);
	});
});
