/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { sleep } from 'n8n-workflow';

import { startEmulator } from '../../lab/emulator';
import { runNode } from '../../lab/engine';
import { createTestAuthority } from '../../lab/n8n/standIns/authority';
import { aboutEvaluation, deliver } from '../../lab/scenario/deliver';
import { portOf } from '../../lab/scenario/receiver';

const SUBMIT = {
	operation: 'submit',
	generatedImageUrl: 'https://images.example.com/1.png',
	taskType: 'headshot',
};
const UNUSUAL = 'sk-4f9a-of-another-form';

const servers: Server[] = [];

async function listen(server: Server): Promise<number> {
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return portOf(server.address());
}

afterEach(() => {
	delete process.env.HTTPS_PROXY;
	for (const server of servers.splice(0)) {
		server.closeAllConnections();
		server.close();
	}
});

/** The error of a submit, and how long it took; `attempts` counts what the far end saw. */
async function failToSubmit(baseUrl: string) {
	const startedAt = performance.now();
	const { error } = await runNode(SUBMIT, [{ json: {} }], { baseUrl, apiKey: UNUSUAL });
	const seconds = (performance.now() - startedAt) / 1_000;
	return { message: error?.message, description: String(error?.description), seconds };
}

/** A proxy that answers CONNECT like this. */
async function refusingProxy(status: string): Promise<{ asked: string[] }> {
	const asked: string[] = [];
	const proxy = createServer();
	proxy.on('connect', (request, socket) => {
		asked.push(String(request.url));
		socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 6\r\nConnection: close\r\n\r\nDenied`);
	});
	process.env.HTTPS_PROXY = `http://127.0.0.1:${await listen(proxy)}`;
	return { asked };
}

describe('what did not come from Runflow is not read as Runflow’s', () => {
	it.each([
		[
			'403 Forbidden',
			'A proxy or firewall between n8n and Runflow refused the request (status 403)',
		],
		['407 Proxy Authentication Required', 'The proxy of your n8n asks for a login (status 407)'],
	])('a proxy answers %s', async (status, message) => {
		const { asked } = await refusingProxy(status);
		const failure = await failToSubmit('https://api.runflow.example');
		expect(failure.message).toBe(message);
		expect(failure.description).not.toMatch(/scope|values of this node|a second time/);
		expect(asked).toEqual(['api.runflow.example:443']);
	});

	it('a proxy is not there', async () => {
		const port = await listen(createServer());
		process.env.HTTPS_PROXY = `http://127.0.0.1:${port}`;
		servers.splice(0).forEach((server) => server.close());
		const failure = await failToSubmit('https://api.runflow.example');
		expect(failure.message).toBe('The proxy of your n8n could not be reached');
		expect(failure.description).toContain(`no connection to 127.0.0.1:${port} (ECONNREFUSED)`);
		expect(failure.description).not.toContain('a second time');
		expect(failure.seconds).toBeLessThan(5);
	});

	it('a certificate that nobody knows', async () => {
		const { key, certificate } = createTestAuthority(['localhost']);
		const server = createTlsServer({ key, cert: certificate }, (_request, response) => {
			response.end('{}');
		});
		const failure = await failToSubmit(`https://localhost:${await listen(server)}`);
		expect(failure.message).toBe("n8n does not trust the certificate of Runflow's address");
		expect(failure.description).toContain('NODE_EXTRA_CA_CERTS');
		expect(failure.description).not.toContain('a second time');
		expect(failure.seconds).toBeLessThan(5);
	});

	it('a name that does not exist', async () => {
		const failure = await failToSubmit('https://nowhere.invalid');
		expect(failure.message).toBe(
			'No server was found at the Base URL of the Runflow API credential',
		);
		expect(failure.description).not.toContain('a second time');
		expect(failure.seconds).toBeLessThan(5);
	});
});

async function until(condition: () => boolean): Promise<void> {
	const deadline = performance.now() + 3_000;
	while (!condition()) {
		if (performance.now() > deadline) throw new Error('Waited in vain');
		await sleep(20);
	}
}

async function answering(listener: RequestListener): Promise<string> {
	return `http://127.0.0.1:${await listen(createServer(listener))}`;
}

it('shows no API key, whatever keys look like', async () => {
	const baseUrl = await answering(({ headers }, response) => {
		response.writeHead(401, { 'Content-Type': 'application/json' });
		response.end(JSON.stringify({ message: `No such key: ${headers.authorization}` }));
	});
	const failure = await failToSubmit(baseUrl);
	expect(failure.description).toContain('No such key: Bearer …');
	expect(failure.description).not.toContain(UNUSUAL);
});

/** An API whose answers never end; `open` are its connections. */
async function endless(status: number, start: string) {
	const api = { baseUrl: '', open: 0 };
	api.baseUrl = await answering((_request, response) => {
		api.open += 1;
		response.on('close', () => (api.open -= 1));
		response.writeHead(status, { 'Content-Type': 'application/json' });
		response.write(start);
		const part = 'x'.repeat(1 << 20);
		const more = () => {
			while (!response.destroyed && response.write(part));
		};
		response.on('drain', more);
		more();
	});
	return api;
}

it('an error that never ends is cut off', async () => {
	const api = await endless(400, '{"message":"');
	const { error } = await runNode({ operation: 'get', evaluationId: 'a1' }, [{ json: {} }], {
		baseUrl: api.baseUrl,
		apiKey: UNUSUAL,
	});
	expect(error?.message).toContain('status 400');
	await until(() => api.open === 0);
});

it('answers to callbacks that never end are cut off, and their connections closed', async () => {
	const api = await endless(200, '{"id":"');
	const emulator = await startEmulator();
	const before = process.memoryUsage().rss;
	const body = aboutEvaluation(crypto.randomUUID());
	const credential = { baseUrl: api.baseUrl };
	const calls = await Promise.all(
		[1, 2, 3].map(async () => await deliver(emulator, { body, credential })),
	);
	const grown = (process.memoryUsage().rss - before) / (1 << 20);
	await emulator.close();
	expect(calls.map(({ response }) => response.status)).toEqual([503, 503, 503]);
	await until(() => api.open === 0);
	expect(grown).toBeLessThan(500);
}, 60_000);
