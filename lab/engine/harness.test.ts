/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { keepBinaryDataInItems, storeBinaryDataOnDisk } from './binaryStorage';
import { testCredential } from './credentialTest';
import { loadOptions } from './loadOptions';
import { runNode, type RunNodeOptions } from './runNode';
import { callAsTool } from './tool';
import { toy, toyApi, toyTrigger } from './toyTypes';
import { csvWorkflow } from './toyWorkflow';
import { resumeByTimeout, resumeByWebhook } from './waiting';
import { callWebhook, callWebhookMethod } from './webhook';
import { runWorkflowFile } from './workflowFile';

const types = {
	nodeTypes: { 'test.toy': toy, 'test.toyTrigger': toyTrigger },
	credentialTypes: { toyApi },
};
const TWO_ITEMS: INodeExecutionData[] = [{ json: { n: 1 } }, { json: { n: 2 } }];

let server: Server;
let baseUrl: string;
const seen: Array<{ url?: string; key?: string }> = [];

beforeAll(async () => {
	server = createServer(({ url = '', headers }, response) => {
		seen.push({ url, key: headers.authorization });
		if (url === '/hang') return;
		const status = Number(/^\/status\/(\d+)/.exec(url)?.[1] ?? 200);
		const denied = url === '/me' && headers.authorization !== 'Bearer default-key';
		response.writeHead(denied ? 401 : status, { 'content-type': 'application/json' });
		response.end(JSON.stringify(status < 400 ? { url } : { message: 'as asked' }));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
	server.closeAllConnections();
	server.close();
});

beforeEach(() => {
	seen.length = 0;
});

async function run(parameters: INodeParameters, options: RunNodeOptions = {}) {
	const credentials = { toyApi: { baseUrl } };
	return await runNode(parameters, TWO_ITEMS, {
		...types,
		credentials,
		type: 'test.toy',
		...options,
	});
}

const json = (items: INodeExecutionData[] = []) => items.map((item) => item.json);

describe('a run', () => {
	it('evaluates expressions per item, authenticates, keeps hints and pairs items', async () => {
		const result = await run({ path: '=/v1/{{ $json.n }}' }, { pairedCheck: true });
		expect(result.status).toBe('success');
		expect(json(result.outputs[0])).toEqual([{ url: '/v1/1' }, { url: '/v1/2' }]);
		expect(json(result.after[0])).toEqual(json(result.outputs[0]));
		expect(result.origins).toEqual([[{ n: 1 }, { n: 2 }]]);
		expect(result.hints).toMatchObject([{ message: '2 fetched' }]);
		expect(result.executed).toEqual(['Start', 'Runflow', 'After 0', 'Origin 0']);
		expect(seen[0]?.key).toBe('Bearer default-key');
	});

	it('reports the fields of an error', async () => {
		const { status, error, outputs } = await run({ path: '/status/404' });
		expect(status).toBe('error');
		expect(outputs).toEqual([]);
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '404', description: 'as asked' });
	});

	it('routes failed items to the error output', async () => {
		const path = '={{ $json.n === 1 ? "/status/404" : "/ok" }}';
		const result = await run({ path }, { onError: 'continueErrorOutput' });
		expect(json(result.after[0])).toEqual([{ url: '/ok' }]);
		expect(json(result.after[1])).toEqual([{ n: 1, error: 'failed' }]);
	});

	it('retries on fail', async () => {
		const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		expect((await run({ path: '/status/404' }, retry)).status).toBe('error');
		expect(seen).toHaveLength(3);
	});

	it('cancels a request under way', async () => {
		const started = Date.now();
		const { status } = await run({ path: '/hang' }, { cancelAfterMs: 100 });
		expect(status).toBe('canceled');
		expect(Date.now() - started).toBeLessThan(2_000);
	});
});

describe('a parked run', () => {
	const park = async () => await run({ path: '/job', park: true }, { mode: 'webhook' });
	const request = (say: string) => ({ rawBody: JSON.stringify({ say }) });

	it('declines, resumes with the data of the callback, and is not resumed again', async () => {
		const parked = await park();
		expect(parked.status).toBe('waiting');
		const declined = await resumeByWebhook(parked, request('not yet'));
		expect(declined.run).toBeUndefined();
		expect(declined.response.body).toEqual({ pending: true });
		const { run: resumed, response } = await resumeByWebhook(parked, request('done'));
		expect(response).toMatchObject({ status: 200, body: 'thanks' });
		expect(resumed?.status).toBe('success');
		const item = { url: '/job', parked: true, say: 'done' };
		expect(json(resumed?.node('After 0').outputs[0])).toEqual([item, item]);
		expect(json(resumed?.node('Start').outputs[0])).toEqual([{ n: 1 }, { n: 2 }]);
		if (!resumed) return;
		expect((await resumeByWebhook(resumed, request('done'))).response.status).toBe(409);
	});

	it('refuses a wrong path, a wrong token and broken JSON', async () => {
		const parked = await park();
		const status = async (given: object) => (await resumeByWebhook(parked, given)).response.status;
		expect(await status({ suffix: 'other' })).toBe(404);
		expect(await status({ method: 'GET' })).toBe(404);
		expect(await status({ signature: 'wrong' })).toBe(401);
		expect(await status({ rawBody: '{' })).toBe(422);
		const url = (id: string) =>
			`http://localhost:5678/webhook-waiting/${id}/runflow-node-id?signature=${parked.run.data.resumeToken}`;
		expect(await status({ url: url(parked.options.executionId) })).toBe(200);
		expect(await status({ url: url('another') })).toBe(404);
	});

	it('goes on with an error when webhook() throws', async () => {
		const { run: resumed, response } = await resumeByWebhook(await park(), request('crash'));
		expect(response.status).toBe(500);
		expect(resumed?.status).toBe('error');
		expect(resumed?.executed).toContain('After 0');
	});

	it('passes the stored input on when its time is up', async () => {
		const resumed = await resumeByTimeout(await park());
		expect(resumed.status).toBe('success');
		const item = { url: '/job', parked: true };
		expect(json(resumed.node('After 0').outputs[0])).toEqual([item, item]);
		expect(seen).toHaveLength(2);
	});
});

describe('a trigger', () => {
	const trigger = { ...types, node: { type: 'test.toyTrigger' }, staticData: { calls: 1 } };

	it('gets the decompressed body, and its static data is stored if it answers first', async () => {
		const rawBody = gzipSync('{"a":1}');
		const request = { rawBody, contentEncoding: 'gzip' as const, query: { early: '1' } };
		const call = await callWebhook({ ...trigger, request });
		expect(call.items).toEqual([[{ json: { raw: '{"a":1}', body: { a: 1 } } }]]);
		expect(call.response).toMatchObject({ status: 202, body: { received: true }, ended: true });
		expect(call.staticData).toEqual({ calls: 2 });
		expect(call.logged).toEqual(['warn: called']);
	});

	it('loses its static data if n8n answers, and is not reached by broken JSON', async () => {
		const late = await callWebhook({ ...trigger, request: { rawBody: '{}' } });
		expect(late.response.body).toEqual({ message: 'Workflow was started' });
		expect(late.staticData).toEqual({ calls: 1 });
		const broken = await callWebhook({ ...trigger, request: { rawBody: '{' } });
		expect(broken).toMatchObject({ response: { status: 422 }, logged: [] });
		expect(broken.items).toBeUndefined();
	});

	it('keeps what create() notes', async () => {
		const { result, staticData } = await callWebhookMethod('create', trigger);
		expect(result).toBe(true);
		expect(staticData.url).toBe('http://localhost:5678/webhook/trigger-webhook-id/toy');
	});
});

describe('the editor', () => {
	it('tests a credential', async () => {
		const options = { ...types, type: 'toyApi' };
		const test = async (data: Record<string, string>) => await testCredential(data, options);
		expect(await test({ baseUrl })).toEqual({ status: 'OK', message: 'Connection successful!' });
		const denied = { status: 'Error', message: 'Wrong key' };
		expect(await test({ baseUrl, apiKey: 'x' })).toEqual(denied);
		expect(await test({ baseUrl: 'http://127.0.0.1:1' })).toMatchObject({
			message: 'ECONNREFUSED',
		});
	});

	it('loads the options of a parameter', async () => {
		const options = { ...types, type: 'test.toy' };
		const entries = await loadOptions(
			'paths',
			{ toyApi: { apiKey: 'k' } },
			{ path: '/p' },
			options,
		);
		expect(entries).toEqual([{ name: 'k', value: '/p' }]);
	});
});

it('makes an AI tool of a node', async () => {
	const path = "=/v1/{{ $fromAI('id', 'The id', 'string') }}";
	const options = { ...types, type: 'test.toy', credentials: { toyApi: { baseUrl } } };
	const { tool, answer } = await callAsTool({
		...options,
		parameters: { path },
		args: { id: 'x' },
	});
	expect(tool.arguments).toEqual({ id: 'The id' });
	expect(JSON.parse(answer)).toEqual([{ url: '/v1/x' }]);
});

afterAll(keepBinaryDataInItems);

it('runs a workflow file that reads and writes CSV', async () => {
	await storeBinaryDataOnDisk();
	const folder = mkdtempSync(path.join(tmpdir(), 'harness-'));
	writeFileSync(path.join(folder, 'in.csv'), 'a,b\n1,\n2,x\n');
	const file = path.join(folder, 'workflow.json');
	writeFileSync(file, JSON.stringify(csvWorkflow()));
	const result = await runWorkflowFile(file, { filesFolder: folder });
	expect(result.status).toBe('success');
	expect(json(result.node('Edit').outputs[0])).toEqual([
		{ a: '1', deep: { sum: 2 } },
		{ a: '2', b: 'x', deep: { sum: 3 } },
	]);
	const written = readFileSync(path.join(folder, 'out.csv'), 'utf8');
	expect(written).toBe('a,deep.sum,b\n1,2,\n2,3,x\n');
	rmSync(folder, { recursive: true });
});
