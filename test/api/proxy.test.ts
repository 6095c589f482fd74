/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { promisify } from 'node:util';
import { sleep } from 'n8n-workflow';

import { runNode, testCredential } from '../../lab/engine';
import { portOf } from '../../lab/scenario/receiver';
import { useEmulator } from '../../lab/scenario/useEmulator';

const SUBMIT = {
	operation: 'submit',
	generatedImageUrl: 'https://images.example.com/1.png',
	taskType: 'headshot',
};
const KEY = 'rf_live_full';
const VARIABLES = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];

const emulator = useEmulator();
let proxy: Server;
/** Everything that came in at the proxy, byte for byte. */
let heard: string;

beforeEach(async () => {
	heard = '';
	proxy = createServer(({ method, url, headers }, response) => {
		heard += `${method} ${url} ${JSON.stringify(headers)}`;
		response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"id":"1","email":"a"}');
	});
	proxy.on('connection', (socket: Socket) => {
		socket.on('data', (bytes) => (heard += String(bytes)));
	});
	await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
});

afterEach(() => {
	for (const name of [...VARIABLES, 'NO_PROXY', 'no_proxy']) delete process.env[name];
	proxy.closeAllConnections();
	proxy.close();
});

const baseUrl = (host = 'localhost') => `http://${host}:${new URL(emulator.url).port}`;
const byProxy = (name = 'HTTP_PROXY') => {
	process.env[name] = `http://127.0.0.1:${portOf(proxy.address())}`;
};
const submit = async (host?: string) =>
	await runNode(SUBMIT, [{ json: {} }], { baseUrl: baseUrl(host), apiKey: KEY });

/** Waits until all connections are closed, by the other end. */
async function nobodyLeft(server: Server): Promise<void> {
	const count = promisify(server.getConnections.bind(server));
	for (let left = 100; left > 0 && (await count()) > 0; left--) await sleep(20);
	expect(await count()).toBe(0);
}

describe('a Base URL with http:// on this machine, and a proxy', () => {
	it.each(VARIABLES)('%s: nothing is sent', async (name) => {
		byProxy(name);
		const { error } = await submit();
		expect(error?.message).toBe('A proxy would read the API key');
		expect(error?.description).toContain('Add localhost to NO_PROXY');
		expect(heard).toBe('');
		await nobodyLeft(proxy);
		expect(emulator.requests).toEqual([]);
	});

	it.each(['127.0.0.1', '[::1]'])('%s: nothing is sent', async (host) => {
		byProxy();
		const { error } = await submit(host);
		expect(error?.message).toBe('A proxy would read the API key');
		expect(heard).toBe('');
	});

	it.each(['localhost', 'example.com,localhost', '*'])('NO_PROXY=%s: is asked', async (none) => {
		byProxy();
		process.env.NO_PROXY = none;
		expect((await submit()).error).toBeUndefined();
		expect(emulator.requests).toMatchObject([{ path: '/v1/evaluations', apiKey: KEY }]);
		expect(heard).toBe('');
	});

	it.each(['listJobClasses', 'get', 'submitAndWait'])('%s sends nothing', async (operation) => {
		byProxy();
		const parameters = {
			...SUBMIT,
			operation,
			evaluationId: '6a1d3c1e-8a3b-4f5c-9b77-1f1f6d1f0c11',
		};
		const options = { baseUrl: baseUrl(), apiKey: KEY };
		const { error } = await runNode(parameters, [{ json: {} }], options);
		expect(error?.message).toBe('A proxy would read the API key');
		expect(heard).toBe('');
	});
});

describe('the Test button', () => {
	it('sends nothing to a proxy', async () => {
		byProxy();
		const { status, message } = await testCredential({ apiKey: KEY, baseUrl: baseUrl() });
		expect(status).toBe('Error');
		expect(message).toContain('A proxy would read the API key');
		expect(message).toContain('Add localhost to NO_PROXY');
		expect(heard).toBe('');
	});

	it('goes past it with NO_PROXY', async () => {
		byProxy();
		process.env.NO_PROXY = 'localhost';
		expect(await testCredential({ apiKey: KEY, baseUrl: baseUrl() })).toMatchObject({
			status: 'OK',
		});
		expect(emulator.requests).toMatchObject([{ path: '/v1/auth/me', apiKey: KEY }]);
	});
});

it('without a proxy the server hears nothing of it, and no connection stays', async () => {
	let asked = '';
	const server = createServer((_request, response) => response.writeHead(422).end('{}'));
	server.on('connection', (socket: Socket) => {
		socket.on('data', (bytes) => (asked += String(bytes)));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${portOf(server.address())}`;
	await runNode({ operation: 'listJobClasses' }, [{ json: {} }], { baseUrl: url, apiKey: KEY });
	await nobodyLeft(server);
	server.closeAllConnections();
	server.close();
	expect(asked).not.toContain('POST');
	expect(asked).toContain('GET /v1/evaluations/job-classes');
});
