import type { INodeParameters } from 'n8n-workflow';

import { callWebhookMethod } from '../../lab/engine';
import { NO_SECRET, SECRET } from '../../lab/scenario/deliver';

interface Setup {
	parameters?: INodeParameters;
	credential?: Record<string, string>;
	instanceUrl?: string;
	mode?: 'webhook' | 'manual';
}

async function startListening({ parameters, credential, instanceUrl, mode }: Setup = {}) {
	const runflowApi = {
		...{ baseUrl: 'https://api.runflow.io', apiKey: 'rf_live_full', callbackSecret: SECRET },
		...credential,
	};
	return await callWebhookMethod('create', {
		...{ parameters, mode, instanceUrl: instanceUrl ?? 'https://n8n.example.com' },
		credentials: { runflowApi },
	});
}

it('starts to listen without a word at a public address', async () => {
	const { result, logged } = await startListening();
	expect([result, logged]).toEqual([true, []]);
});

it.each([
	'http://localhost:5678',
	'http://127.0.0.1:5678',
	'http://192.168.1.20:5678',
	'http://10.0.0.7',
	'http://[::1]:5678',
	'https://n8n.local',
])('warns in the log of n8n that Runflow cannot reach %s', async (instanceUrl) => {
	const { result, logged } = await startListening({ instanceUrl });
	expect(result).toBe(true);
	expect(logged).toEqual([
		`warn: 'Runflow Trigger' in the workflow 'Test' won't receive callbacks unless something forwards them: Runflow cannot reach ${instanceUrl}, an address of this machine or of a private network. Give n8n a public address with N8N_WEBHOOK_URL (WEBHOOK_URL in older versions)`,
	]);
});

it('warns about the test URL too', async () => {
	const instanceUrl = 'http://localhost:5678';
	const { logged } = await startListening({ instanceUrl, mode: 'manual' });
	expect(logged).toEqual([expect.stringContaining('Runflow cannot reach')]);
});

it('does not warn when Runflow itself is on this machine', async () => {
	const credential = { baseUrl: 'http://127.0.0.1:4010' };
	const { logged } = await startListening({ credential, instanceUrl: 'http://localhost:5678' });
	expect(logged).toEqual([]);
});

it.each<[string, Setup, string]>([
	[
		'signatures without a secret',
		{ credential: NO_SECRET },
		"fill it in, or set 'Verification' to Lookup",
	],
	[
		'a criterion without a score',
		{ parameters: { options: { passCriterion: 'score' } } },
		"'Minimum Score' is missing",
	],
])('refuses to listen with settings that cannot work: %s', async (_case, setup, message) => {
	await expect(startListening(setup)).rejects.toThrow(message);
});

it.each<[string, Setup]>([
	['Lookup without a secret', { credential: NO_SECRET, parameters: { verification: 'lookup' } }],
	[
		'only the previous secret',
		{ credential: { callbackSecret: '', previousCallbackSecret: SECRET } },
	],
])('listens with %s', async (_case, setup) => {
	expect((await startListening(setup)).result).toBe(true);
});

it('is set up anew each time, for Runflow keeps no subscription', async () => {
	expect((await callWebhookMethod('checkExists')).result).toBe(false);
	expect((await callWebhookMethod('delete')).result).toBe(true);
});

it.each([
	[{ events: [] }, /^'Trigger On' names no verdict/],
	[{ options: { relayUrl: 'relay.example.com/abc' } }, /^'Relay URL' is not a web address/],
])('does not listen with %j, with which nothing could ever start', async (parameters, message) => {
	await expect(startListening({ parameters })).rejects.toThrow(message);
});
