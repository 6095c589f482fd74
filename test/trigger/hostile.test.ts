import { runNode } from '../../lab/engine';
import { CRAFTED } from '../../lab/scenario/crafted';
import {
	API_KEY,
	deliver,
	finished,
	lookups,
	NO_SECRET,
	PASSED,
	PREVIOUS_SECRET,
	SECRET,
	sign,
	submit,
	TRIGGER_URL,
} from '../../lab/scenario/deliver';
import type { Ids } from '../../lab/scenario/crafted';
import { FORGERIES } from '../../lab/scenario/forgeries';
import type { Known } from '../../lab/scenario/forgeries';
import { shareEmulator } from '../../lab/scenario/useEmulator';

const EVALUATION_PATH =
	/^\/v1\/evaluations\/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const MOST_LOOKUPS = 3;

const emulator = shareEmulator({ latency: 'manual' });

beforeEach(() => {
	emulator.requests.length = 0;
});

it('is a table of more than a hundred different requests', () => {
	const names = [...FORGERIES, ...CRAFTED].map(([name]) => name);
	expect(new Set(names).size).toBe(names.length);
	expect(names.length).toBeGreaterThan(100);
});

describe('with Verification set to Signature', () => {
	let known: Known;

	beforeAll(async () => {
		const id = await finished(emulator);
		// Printed anew by a parser, this would have other bytes.
		const body = `{ "id" : "${id}", "note" : "caf\u00e9", "score" : 0.61 }`;
		known = { body, otherId: await finished(emulator) };
	});

	it('accepts the genuine callback that the forgeries are made from', async () => {
		expect((await deliver(emulator, { body: known.body })).items).toHaveLength(1);
	});

	it.each(FORGERIES)('refuses %s', async (_name, forge) => {
		const { response, result, items, logged } = await deliver(emulator, forge(known));
		expect(items).toBeUndefined();
		expect(lookups(emulator)).toEqual([]);
		// n8n itself refuses a body that it cannot decompress or parse.
		if (result === undefined) return expect(response.status).toBeGreaterThanOrEqual(422);
		expect(response.status).toBe(401);
		expect(response.body).toEqual({
			received: false,
			message: 'The callback is not signed as it should be',
		});
		expect(logged).toEqual([expect.stringMatching(/^warn: .* refused a callback: /)]);
		for (const secret of [SECRET, PREVIOUS_SECRET, API_KEY, sign(known.body)]) {
			expect(logged.join()).not.toContain(secret);
		}
	});
});

describe('with Verification set to Lookup', () => {
	let ids: Ids;

	beforeAll(async () => {
		const foreign = await submitAsSomebodyElse();
		ids = {
			...{ finished: await finished(emulator), foreign },
			open: await submit(emulator, { callbackUrl: TRIGGER_URL }),
			other: await finished(emulator, PASSED, {
				callbackUrl: 'http://127.0.0.1:9/webhook/x/runflow',
			}),
			unsent: await finished(emulator, PASSED, { callbackUrl: undefined }),
		};
	});

	const lookup = { parameters: { verification: 'lookup' }, credential: NO_SECRET };

	it('accepts the id that the bodies are made from', async () => {
		const body = JSON.stringify({ id: ids.finished });
		expect((await deliver(emulator, { ...lookup, body, headers: {} })).items).toHaveLength(1);
	});

	it.each(CRAFTED)('starts nothing for %s', async (_name, craft, status) => {
		// Of no content type that n8n reads, so that every body reaches the trigger.
		const headers = { 'Content-Type': 'application/octet-stream' };
		const { response, items, logged } = await deliver(emulator, {
			...{ ...lookup, headers, body: craft(ids) },
		});
		expect(items).toBeUndefined();
		expect(response.status).toBe(status);
		expect(logged).toHaveLength(1);
		expect(logged[0]?.length).toBeLessThan(200);
		const asked = lookups(emulator);
		expect(asked.length).toBeLessThanOrEqual(status === 503 ? MOST_LOOKUPS : 0);
		for (const path of asked) expect(path).toMatch(EVALUATION_PATH);
	});

	it('answers for all evaluations alike, whether they exist or not', async () => {
		const named = [ids.open, ids.foreign, ids.other, ids.unsent, crypto.randomUUID()];
		const answers = await Promise.all(
			named.map(async (id) => {
				const call = await deliver(emulator, {
					...lookup,
					body: JSON.stringify({ id }),
					headers: {},
				});
				return call.response;
			}),
		);
		expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
	});

	it('asks the API at a bounded rate, however many callbacks come', async () => {
		const post = async () =>
			await deliver(emulator, {
				...{ ...lookup, body: JSON.stringify({ id: crypto.randomUUID() }), headers: {} },
			});
		const startedAt = performance.now();
		const calls = await Promise.all(Array.from({ length: 120 }, post));
		const seconds = (performance.now() - startedAt) / 1_000;
		expect(lookups(emulator).length).toBeLessThanOrEqual(30 + Math.ceil(seconds * 10));
		expect(new Set(calls.map(({ response }) => response.status))).toEqual(new Set([503]));
		const refused = calls.filter(({ logged }) => /too many callbacks/.test(logged.join()));
		expect(refused.length).toBeGreaterThan(30);
	});

	it('looks up a few of many ids', async () => {
		const some = () => crypto.randomUUID();
		const part = () => ({ evaluation_id: some(), id: some() });
		const body = { ...part(), evaluation: part(), data: part(), output: part() };
		const call = await deliver(emulator, { ...lookup, body: JSON.stringify(body), headers: {} });
		expect(call.response.status).toBe(503);
		expect(lookups(emulator).length).toBeLessThanOrEqual(MOST_LOOKUPS);
	});
});

async function submitAsSomebodyElse(): Promise<string> {
	const parameters = {
		operation: 'submit',
		generatedImageUrl: 'https://images.example.com/1.png',
		taskType: 'headshot',
	};
	const credential = { baseUrl: emulator.url, apiKey: 'rf_live_other' };
	const { outputs } = await runNode(parameters, [{ json: {} }], credential);
	const id = String(outputs[0]?.[0]?.json.id);
	emulator.settle(id);
	return id;
}
