/** @jest-environment-options {"speed": 10} */
import type { IDataObject } from 'n8n-workflow';

import { RUNFLOW_TRIGGER } from '../../lab/engine';
import { aboutEvaluation, deliver, finished, lookups } from '../../lab/scenario/deliver';
import type { Delivery } from '../../lab/scenario/deliver';
import { loadTriggerAnew } from '../../lab/scenario/receiver';
import { shareEmulator } from '../../lab/scenario/useEmulator';

const emulator = shareEmulator({ latency: 'manual' });

beforeEach(() => {
	emulator.requests.length = 0;
});

/** Delivers one after the other, each with the static data that the one before it left. */
async function deliverInTurn(count: number, delivery: Delivery): Promise<boolean[]> {
	const starts: boolean[] = [];
	let { staticData } = delivery;
	for (let turn = 0; turn < count; turn++) {
		const call = await deliver(emulator, { ...delivery, staticData });
		expect(call.response.status).toBe(200);
		staticData = call.staticData;
		starts.push(call.items !== undefined);
	}
	return starts;
}

const anotherProcess = async () => ({ nodeTypes: { [RUNFLOW_TRIGGER]: await loadTriggerAnew() } });

it('starts one execution for callbacks in turn, and asks the API once', async () => {
	const body = aboutEvaluation(await finished(emulator));
	emulator.requests.length = 0;
	expect(await deliverInTurn(4, { body, nodeId: 'turn' })).toEqual([true, false, false, false]);
	expect(lookups(emulator)).toHaveLength(1);
});

it('starts one execution for callbacks at the same moment', async () => {
	const body = aboutEvaluation(await finished(emulator));
	const delivery = { body, nodeId: 'moment' };
	const calls = await Promise.all(
		Array.from({ length: 25 }, async () => await deliver(emulator, delivery)),
	);
	expect(calls.filter(({ items }) => items !== undefined)).toHaveLength(1);
	expect(new Set(calls.map(({ response }) => response.status))).toEqual(new Set([200]));
});

it('asks for another delivery of what is too much at a time', async () => {
	const id = await finished(emulator);
	emulator.options.answerDelayMs = 1_000;
	const calls = await Promise.all(
		Array.from({ length: 300 }, async (_, at) => {
			return await deliver(emulator, { body: aboutEvaluation(id), nodeId: `crowd ${at}` });
		}),
	);
	emulator.options.answerDelayMs = 0;
	const refused = calls.filter(({ response }) => response.status === 503);
	const started = calls.filter(({ items }) => items !== undefined);
	expect(refused.length).toBeGreaterThan(60);
	expect(started.length).toBeGreaterThanOrEqual(32);
	expect(refused.length + started.length).toBe(300);
	expect(refused[0]?.response.headers).toMatchObject({ 'retry-after': '5' });
	const after = { body: aboutEvaluation(id), nodeId: 'after the crowd' };
	expect((await deliver(emulator, after)).items).toBeDefined();
}, 60_000);

it('tells different evaluations apart, and the triggers of different nodes', async () => {
	const [one, two] = [await finished(emulator), await finished(emulator)];
	const starts = async (id: string, nodeId: string) =>
		(await deliver(emulator, { body: aboutEvaluation(id), nodeId })).items !== undefined;
	expect(await starts(one, 'a')).toBe(true);
	expect(await starts(two, 'a')).toBe(true);
	expect(await starts(one, 'b')).toBe(true);
	expect(await starts(one, 'a')).toBe(false);
});

it('tells a workflow from its copy, whose nodes have the same ids', async () => {
	const body = aboutEvaluation(await finished(emulator));
	const starts = async (workflowId: string) =>
		(await deliver(emulator, { body, nodeId: 'copied', workflowId })).items !== undefined;
	expect([await starts('original'), await starts('copy')]).toEqual([true, true]);
	expect([await starts('original'), await starts('copy')]).toEqual([false, false]);
});

it('takes an id in capitals for the same', async () => {
	const id = await finished(emulator);
	const nodeId = 'capitals';
	const { staticData } = await deliver(emulator, { body: aboutEvaluation(id), nodeId });
	emulator.requests.length = 0;
	const body = aboutEvaluation(id.toUpperCase());
	expect(await deliverInTurn(1, { body, nodeId, staticData })).toEqual([false]);
	expect(lookups(emulator)).toEqual([]);
});

it('remembers after a restart, for the answer goes out before n8n starts the execution', async () => {
	const body = aboutEvaluation(await finished(emulator));
	const nodeId = 'restart';
	const { result, staticData } = await deliver(emulator, { body, nodeId });
	expect(result?.noWebhookResponse).toBe(true);
	const restarted = async () => ({ body, nodeId, ...(await anotherProcess()) });
	expect(await deliverInTurn(1, { ...(await restarted()), staticData })).toEqual([false]);
	// A new process remembers nothing by itself: without what n8n has stored it starts.
	expect(await deliverInTurn(1, await restarted())).toEqual([true]);
});

it('keeps what another process of n8n has stored', async () => {
	const [one, two] = [await finished(emulator), await finished(emulator)];
	const nodeId = 'processes';
	const first = await deliver(emulator, { body: aboutEvaluation(one), nodeId });
	const other = { nodeId, ...(await anotherProcess()), staticData: first.staticData };
	const second = await deliver(emulator, { body: aboutEvaluation(two), ...other });
	expect(second.staticData.seen).toEqual([one, two]);
	const { staticData } = second;
	const delivery = { body: aboutEvaluation(two), nodeId, staticData };
	expect(await deliverInTurn(1, delivery)).toEqual([false]);
});

it.each([
	['Deduplicate is off', { parameters: { options: { deduplicate: false } } }],
	['it is the test URL', { mode: 'manual' as const }],
])('starts an execution for each callback when %s', async (_case, how) => {
	const body = aboutEvaluation(await finished(emulator));
	const delivery = { body, nodeId: _case, ...how };
	expect(await deliverInTurn(3, delivery)).toEqual([true, true, true]);
	expect((await deliver(emulator, delivery)).staticData).toEqual({});
});

it('a test does not keep the production URL from starting', async () => {
	const body = aboutEvaluation(await finished(emulator));
	const nodeId = 'tested';
	expect(await deliverInTurn(1, { body, nodeId, mode: 'manual' })).toEqual([true]);
	expect(await deliverInTurn(2, { body, nodeId })).toEqual([true, false]);
	expect(await deliverInTurn(1, { body, nodeId, mode: 'manual' })).toEqual([true]);
});

it('remembers a bounded number: 1000 with the workflow, 5000 in the process', async () => {
	const [oldest, newer] = [await finished(emulator), await finished(emulator)];
	const fillers = Array.from({ length: 4_999 }, () => crypto.randomUUID());
	const nodeId = 'bounded';
	const stored = { seen: [oldest, newer, ...fillers] };
	const next = aboutEvaluation(await finished(emulator));
	const { staticData } = await deliver(emulator, { body: next, nodeId, staticData: stored });
	expect(staticData.seen).toHaveLength(1_000);
	const known = async (id: string) =>
		await deliverInTurn(1, { body: aboutEvaluation(id), nodeId, staticData });
	expect(await known(fillers[100] ?? '')).toEqual([false]);
	expect(await known(oldest)).toEqual([true]);
});

it.each<[string, IDataObject]>([
	['nothing', {}],
	['something else', { seen: 'all' }],
	['damaged ids', { seen: [null, 7, { id: 1 }] }],
])('starts an execution when n8n has stored %s', async (_what, staticData) => {
	const id = await finished(emulator);
	const call = await deliver(emulator, { body: aboutEvaluation(id), staticData });
	expect([call.items?.length, call.staticData.seen]).toEqual([1, [id]]);
});
