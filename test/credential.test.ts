import { startEmulator } from '../lab/emulator';
import type { Emulator } from '../lab/emulator';
import { runNode, testCredential } from '../lab/engine';

let emulator: Emulator;

beforeEach(async () => {
	emulator = await startEmulator();
});

afterEach(async () => {
	await emulator.close();
});

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
