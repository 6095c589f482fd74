/** @jest-environment-options {"speed": 10} */
/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { createServer } from 'node:http';

import type { CallbackForm, Emulator } from '../../lab/emulator';
import { until } from '../../lab/emulator/testClient';
import { runNode } from '../../lab/engine';
import {
	aboutEvaluation,
	credentialOf,
	deliver,
	finished,
	lookups,
	NO_SECRET,
	SECRET,
	submit,
} from '../../lab/scenario/deliver';
import { portOf, startReceiver } from '../../lab/scenario/receiver';
import { useEmulator } from '../../lab/scenario/useEmulator';

const emulator = useEmulator({ latency: 'manual', callbackSecret: SECRET });

const FORMS: CallbackForm[] = [
	'flat',
	'envelope',
	'nestedEvaluation',
	'nestedData',
	'nestedOutput',
];

it.each(FORMS)('understands a callback of the form %s, over HTTP', async (callbackForm) => {
	emulator.options.callbackForm = callbackForm;
	const receiver = await startReceiver(emulator);
	const id = await submit(emulator, { clientRef: 'row-1', callbackUrl: receiver.url });
	emulator.settle(id);
	await until(() => emulator.deliveries.length > 0);
	await receiver.close();
	expect(receiver.executions).toEqual([expect.objectContaining({ id, client_ref: 'row-1' })]);
});

it.each([
	['evaluation_id', (id: string) => ({ evaluation_id: id })],
	['evaluation.evaluation_id', (id: string) => ({ evaluation: { evaluation_id: id } })],
	['data.evaluation_id', (id: string) => ({ data: { evaluation_id: id } })],
	['id, in capitals', (id: string) => ({ id: id.toUpperCase() })],
	[
		'data.id, beside the id of an event',
		(id: string) => ({ id: crypto.randomUUID(), event: 'evaluation.completed', data: { id } }),
	],
	[
		'id, beside ids of other things',
		(id: string) => ({ id, output: { id: crypto.randomUUID() }, run_id: crypto.randomUUID() }),
	],
])('finds the id in %s', async (_place, bodyFor) => {
	const id = await finished(emulator);
	const { items } = await deliver(emulator, { body: JSON.stringify(bodyFor(id)) });
	expect(items?.[0]?.[0]?.json.id).toBe(id);
});

it.each([
	['simplified', {}, {}],
	['raw', { simple: false }, {}],
	[
		'with details and a criterion',
		{},
		{ embed: ['judges', 'gate_failures'], passCriterion: 'both', minimumScore: 0.95 },
	],
])('gives the same item as Get: %s', async (_shape, simplify, options) => {
	const id = await finished(emulator);
	const { items } = await deliver(emulator, {
		body: aboutEvaluation(id),
		parameters: { ...simplify, options },
	});
	const get = await runNode(
		{ operation: 'get', evaluationId: id, options: { ...options, ...simplify } },
		[{ json: {} }],
		credentialOf(emulator),
	);
	expect(items).toEqual([[{ json: get.outputs[0]?.[0]?.json }]]);
});

it('is asked for again by the status 425 while the evaluation is open', async () => {
	const id = await submit(emulator);
	const body = aboutEvaluation(id);
	const early = await deliver(emulator, { body, nodeId: 'early' });
	expect([early.response.status, early.items]).toEqual([425, undefined]);
	expect(early.logged).toEqual([expect.stringContaining('is not finished yet')]);
	emulator.settle(id);
	const { staticData } = early;
	expect((await deliver(emulator, { body, nodeId: 'early', staticData })).items).toBeDefined();
});

it('starts nothing for the evaluation of another organization', async () => {
	const body = aboutEvaluation(await finished(emulator));
	const { response, items } = await deliver(emulator, {
		...{ body, credential: { apiKey: 'rf_live_other' } },
	});
	expect([response.status, items]).toEqual([404, undefined]);
});

it('starts nothing for the callback of a run', async () => {
	const receiver = await startReceiver(emulator);
	emulator.options.callbackRetryDelaysMs = [];
	const [attempt] = await emulator.deliverRunCallback(receiver.url);
	await receiver.close();
	expect([attempt?.status, receiver.executions]).toEqual([422, []]);
	expect(receiver.answers[0]?.logged).toEqual([
		expect.stringContaining('it names no evaluation, its keys are event, run_id, status'),
	]);
	expect(lookups(emulator)).toEqual([]);
});

const OUTAGES: Array<[string, (emulator: Emulator) => void]> = [
	...[400, 401, 403, 408, 429, 500, 502, 503].map((status): (typeof OUTAGES)[number] => [
		`answers ${status}`,
		({ options }) => {
			const pathPrefix = '/v1/evaluations/';
			options.forcedAnswers = [{ method: 'GET', pathPrefix, status, body: { message: 'No.' } }];
		},
	]),
	['hangs up', ({ failNext }) => failNext('dropBefore')],
	['hangs up half way', ({ failNext }) => failNext('dropAfter')],
	['answers with a web page', ({ failNext }) => failNext('html')],
	['answers with half of the JSON', ({ failNext }) => failNext('truncatedJson')],
];

it.each(OUTAGES)('asks for another delivery when the API %s', async (_what, begin) => {
	const body = aboutEvaluation(await finished(emulator));
	const nodeId = `outage ${_what}`;
	begin(emulator);
	const outage = await deliver(emulator, { body, nodeId });
	expect([outage.response.status, outage.items]).toEqual([503, undefined]);
	expect(outage.logged).toEqual([expect.stringMatching(/^warn: .*asked for another delivery: /)]);
	expect(lookups(emulator)).toHaveLength(1);

	emulator.options.forcedAnswers = [];
	const { staticData } = outage;
	expect((await deliver(emulator, { body, nodeId, staticData })).items).toBeDefined();
});

it('asks for another delivery when the settings cannot work', async () => {
	const body = aboutEvaluation(await finished(emulator));
	const parameters = { options: { passCriterion: 'both' } };
	const { response, items, logged } = await deliver(emulator, { body, parameters });
	expect([response.status, items]).toEqual([503, undefined]);
	expect(logged).toEqual([expect.stringContaining("'Minimum Score' is missing")]);
});

describe('an API that does not come to an end', () => {
	it('is given up after four seconds, whether it says nothing or dribbles', async () => {
		const dribbling = createServer((_request, response) => {
			response.writeHead(200, { 'Content-Type': 'application/json' });
			const timer = setInterval(() => response.write(' '), 200);
			response.on('close', () => clearInterval(timer));
		});
		await new Promise<void>((resolve) => dribbling.listen(0, '127.0.0.1', resolve));
		const port = portOf(dribbling.address());
		emulator.options.answerDelayMs = 5_000;

		const body = aboutEvaluation(crypto.randomUUID());
		const startedAt = performance.now();
		const calls = await Promise.all([
			deliver(emulator, { body }),
			deliver(emulator, { body, credential: { baseUrl: `http://127.0.0.1:${port}` } }),
		]);
		const tookMs = performance.now() - startedAt;
		emulator.options.answerDelayMs = 0;
		dribbling.closeAllConnections();
		dribbling.close();
		expect(calls.map(({ response }) => response.status)).toEqual([503, 503]);
		expect(calls.flatMap(({ logged }) => logged)).toEqual(
			calls.map(() => expect.stringContaining('Runflow did not answer in time')),
		);
		expect(tookMs).toBeGreaterThan(3_900);
		expect(tookMs).toBeLessThan(5_000);
	});
});

it('asks nothing in Lookup mode of a Base URL to which the key must not go', async () => {
	const body = aboutEvaluation(crypto.randomUUID());
	const { response, logged } = await deliver(emulator, {
		...{ body, headers: {}, parameters: { verification: 'lookup' } },
		credential: { ...NO_SECRET, baseUrl: 'http://api.example.com' },
	});
	expect(response.status).toBe(503);
	expect(logged).toEqual([expect.stringContaining("must start with 'https://'")]);
});
