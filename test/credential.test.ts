/** @jest-environment-options {"speed": 10} */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createServer } from 'node:http';
import type { IHttpRequestOptions } from 'n8n-workflow';

import { RunflowApi } from '../credentials/RunflowApi.credentials';
import { runNode, testCredential } from '../lab/engine';
import { portOf } from '../lab/scenario/receiver';
import { useEmulator } from '../lab/scenario/useEmulator';

const emulator = useEmulator();

const OK = { status: 'OK', message: 'Connection successful!' };
const KEY = 'rf_live_noscopes';
const fails = (message: string) => ({ status: 'Error', message });

describe('the Test button', () => {
	it.each([
		['as it is', KEY, (url: string) => url],
		['with a slash at the end of the address', KEY, (url: string) => `${url}/`],
		['with white space around the key', `  ${KEY}\n`, (url: string) => url],
		['with white space around the address', KEY, (url: string) => ` ${url} `],
	])('accepts a key without any scope, %s', async (_name, apiKey, written) => {
		expect(await testCredential({ apiKey, baseUrl: written(emulator.url) })).toEqual(OK);
		expect(emulator.requests).toMatchObject([{ path: '/v1/auth/me', apiKey: KEY, status: 200 }]);
	});

	it('says that the key is wrong', async () => {
		const credential = { apiKey: 'rf_live_wrong', baseUrl: emulator.url };
		expect(await testCredential(credential)).toEqual(
			fails('Runflow did not accept this API key. Paste a valid key from app.runflow.io'),
		);
	});

	it('says that there is nothing at the address', async () => {
		const credential = { apiKey: KEY, baseUrl: `${emulator.url}/v1` };
		expect(await testCredential(credential)).toEqual(
			fails('There is no Runflow API at this Base URL'),
		);
	});

	it.each([
		['http://192.0.2.1', "The Base URL of the Runflow API credential must start with 'https://'"],
		['nonsense', "The Base URL of the Runflow API credential must start with 'https://'"],
		['https://u:p@192.0.2.1', 'The Base URL of the Runflow API credential must be a plain address'],
	])('sends no key to %s', async (baseUrl, message) => {
		const startedAt = Date.now();
		expect(await testCredential({ apiKey: KEY, baseUrl })).toEqual(fails(message));
		expect(Date.now() - startedAt).toBeLessThan(1_000);
	});
});

it.each([
	['a web page', 'text/html', '<!doctype html><title>Sign in</title>'],
	['nothing', 'text/plain', ''],
	['another API', 'application/json', '{"ok":true}'],
	['another API, which knows ids', 'application/json', '{"id":"7"}'],
	['null', 'application/json', 'null'],
])('the Test button does not take %s for the API', async (_, type, body) => {
	const server = createServer((_request, response) => {
		response.writeHead(200, { 'Content-Type': type }).end(body);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const baseUrl = `http://localhost:${portOf(server.address())}`;
	const result = await testCredential({ apiKey: KEY, baseUrl });
	server.closeAllConnections();
	server.close();
	expect(result).toEqual(fails(expect.stringContaining('not as the Runflow API does')));
});

it('the nodes send the key the same way', async () => {
	const run = await runNode({ operation: 'listJobClasses' }, [{ json: {} }], {
		baseUrl: ` ${emulator.url}/ `,
		apiKey: `\t${KEY} `,
	});
	expect(run.error).toBeUndefined();
	expect(emulator.requests).toMatchObject([
		{ path: '/v1/evaluations/job-classes', apiKey: KEY, status: 200 },
	]);
	expect(JSON.stringify(run.run)).not.toContain(KEY);
});

it.each([301, 302, 303, 307, 308])(
	'the Test button sends no key along a redirect (%i)',
	async (status) => {
		const server = createServer((_request, response) => {
			response.writeHead(status, { Location: `${emulator.url}/v1/auth/me` }).end();
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const baseUrl = `http://localhost:${portOf(server.address())}`;
		const result = await testCredential({ apiKey: KEY, baseUrl });
		server.closeAllConnections();
		server.close();
		expect(result).toEqual(fails(expect.stringContaining('leads to another address')));
		expect(emulator.requests).toEqual([]);
	},
);

describe('whoever uses the credential', () => {
	const authenticate = async (request: object) => {
		const { authenticate: add } = new RunflowApi();
		if (typeof add !== 'function') throw new Error('no function');
		const options: IHttpRequestOptions = { url: '', ...request };
		return await add({ apiKey: KEY, baseUrl: 'https://api.runflow.io' }, options);
	};

	it.each([
		{ url: 'https://api.runflow.io/v1/evaluations' },
		{ url: '/v1/evaluations', baseURL: 'https://api.runflow.io' },
		{ url: undefined, uri: 'https://api.runflow.io/v1/evaluations' },
		{ url: 'http://127.0.0.1:4010/v1' },
		{ url: 'http://localhost:4010/v1' },
	])('sends the key to %j', async (request) => {
		const { headers, sendCredentialsOnCrossOriginRedirect } = await authenticate(request);
		expect(headers).toEqual({ Authorization: `Bearer ${KEY}` });
		expect(sendCredentialsOnCrossOriginRedirect).toBe(false);
	});

	it.each([
		{ url: 'http://api.runflow.io/v1/evaluations' },
		{ url: '/v1/evaluations', baseURL: 'http://api.runflow.io' },
		{ url: undefined, uri: 'http://api.runflow.io' },
		{ url: 'http://localhost.example.com/' },
		{ url: 'http://localhost@example.com/' },
		{ url: 'http://127.0.0.2/' },
		{ url: 'ftp://localhost/' },
		{ url: 'api.runflow.io/v1' },
		{},
	])('sends none to %j', async (request) => {
		await expect(authenticate(request)).rejects.toThrow("only sent to an address with 'https://'");
	});
});
