/** @jest-environment-options {"speed": 10} */
/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setImmediate as nextTurn } from 'node:timers/promises';

import { sleep } from 'n8n-workflow';

import type { NodeRun } from '../../../lab/engine';
import { callBack, countRequests, idsByRow, park, PASSED } from '../../../lab/scenario/parked';
import { useEmulator } from '../../../lab/scenario/useEmulator';

const SENDER_PATIENCE_MS = 5_000;
const LOOKS = { method: 'GET', pathPrefix: '/v1/evaluations/' };

const emulator = useEmulator({ latency: 'manual', callbackRetryDelaysMs: [] });

function settleAll(): string[] {
	const ids = idsByRow(emulator);
	for (const id of ids) emulator.settle(id, PASSED);
	return ids;
}

/** Within the sender's patience; n8n's own work to go on with an execution does not count. */
async function answered(parked: NodeRun, id: string) {
	const startedAt = performance.now();
	const answer = await callBack(parked, id);
	const tookMs = performance.now() - startedAt;
	if (answer.run === undefined) expect(tookMs).toBeLessThan(SENDER_PATIENCE_MS);
	return answer;
}

it('a rate limit delays the end: each delivery goes on where the last one ended', async () => {
	const parked = await park(emulator, 150);
	const ids = settleAll();
	emulator.options.rateLimitPerSecond = 20;
	let resumed;
	let deliveries = 0;
	while (resumed === undefined && deliveries < 8) {
		({ resumed } = await answered(parked, ids[deliveries++] ?? ''));
	}
	expect(resumed?.after[0]?.map(({ json }) => json.verdict)).toEqual(ids.map(() => 'passed'));
	const refused = emulator.requests.filter(({ status }) => status === 429);
	expect(refused.length).toBeLessThan(40);
});

it('callbacks of 200 rows that all come at once: few deliveries, hardly a look too many', async () => {
	const parked = await park(emulator, 200, {}, { pairedCheck: false });
	const ids = settleAll();
	emulator.options.rateLimitPerSecond = 60;
	const before = countRequests(emulator, 'GET');
	let resumed: NodeRun | undefined;
	let waves = 0;
	while (resumed === undefined && waves++ < 4) {
		const answers = await Promise.all(ids.map(async (id) => await callBack(parked, id)));
		resumed = answers.find((answer) => answer.resumed)?.resumed;
	}
	expect(resumed?.after[0]?.map(({ json }) => json.verdict)).toEqual(ids.map(() => 'passed'));
	expect(countRequests(emulator, 'GET') - before).toBeLessThan(300);
});

it('holds back as long as the account asks for', async () => {
	const parked = await park(emulator, 2);
	const [id = ''] = settleAll();
	emulator.options.forcedAnswers = [
		{ ...LOOKS, status: 429, headers: { 'retry-after': '6' }, count: 1 },
	];
	expect((await answered(parked, id)).response.status).toBe(503);
	const looks = countRequests(emulator, 'GET');
	expect((await answered(parked, id)).response.status).toBe(503);
	expect(countRequests(emulator, 'GET')).toBe(looks);
	await sleep(6_000);
	expect((await answered(parked, id)).resumed?.status).toBe('success');
});

it('a temporary fault within a callback is met by looking again', async () => {
	const parked = await park(emulator, 2);
	const [id = ''] = settleAll();
	emulator.failNext('status503', { ...LOOKS, count: 2 });
	expect((await answered(parked, id)).resumed?.status).toBe('success');
});

it('faults at the look before parking do not park what is finished', async () => {
	emulator.options.latency = { distribution: 'fixed', minMs: 1 };
	emulator.options.answerDelayMs = 30;
	emulator.failNext('status503', { ...LOOKS, count: 2 });
	const run = await park(emulator, 3);
	expect([run.status, run.after[0]?.length]).toEqual(['success', 3]);
});

it.each([302, 400, 401, 402, 403, 405])(
	'parks what is not known to be finished, though the look before is answered with %i',
	async (status) => {
		const [id, parked] = await parkedThough(status);
		for (const refused of [{ method: 'GET', pathPrefix: '/v1/', status }, undefined]) {
			emulator.options.forcedAnswers = refused ? [refused] : [];
			const { resumed, response } = await answered(parked, id);
			expect([response.status, resumed?.status]).toEqual(
				refused ? [503, undefined] : [200, 'success'],
			);
		}
	},
);

async function parkedThough(status: number): Promise<[string, NodeRun]> {
	emulator.options.latency = { distribution: 'fixed', minMs: 1 };
	emulator.options.forcedAnswers = [{ method: 'GET', pathPrefix: '/v1/', status }];
	const parked = await park(emulator, 1);
	expect(parked.status).toBe('waiting');
	return [idsByRow(emulator)[0] ?? '', parked];
}

it('looks that drip do not hold a callback', async () => {
	const parked = await park(emulator, 2);
	const [id = ''] = settleAll();
	emulator.failNext('drip', { ...LOOKS, count: 1 });
	const late = await answered(parked, id);
	expect([late.response.status, late.run]).toEqual([503, undefined]);
	expect((await answered(parked, id)).resumed?.status).toBe('success');
});

it('an id in another case is the same evaluation', async () => {
	const parked = await park(emulator, 2);
	const [id = ''] = settleAll();
	emulator.options.upperCaseIds = true;
	const { resumed } = await answered(parked, id);
	expect(resumed?.after[0]?.map(({ json }) => json.verdict)).toEqual(['passed', 'passed']);
});

it('an answer about another evaluation is no verdict', async () => {
	const parked = await park(emulator, 3);
	const [id = ''] = settleAll();
	emulator.failNext('otherEvaluation', { ...LOOKS, count: 1_000 });
	expect((await answered(parked, id)).run).toBeUndefined();
	emulator.options.nextFaults.length = 0;
	const { resumed } = await answered(parked, id);
	expect(resumed?.after[0]?.map(({ json }) => [json.client_ref, json.verdict])).toEqual([
		['row-0', 'passed'],
		['row-1', 'passed'],
		['row-2', 'passed'],
	]);
});

it.each<Record<string, string>>([
	{ status: 'completed' },
	{ event: 'evaluation.succeeded' },
	{ weighted_pass_rate: '0.9' },
])('asks for another delivery when the API does not know yet what %j says', async (body) => {
	const parked = await park(emulator, 1);
	const [id = ''] = idsByRow(emulator);
	const early = await callBack(parked, id, undefined, body);
	expect([early.response.status, early.run]).toEqual([503, undefined]);
	emulator.settle(id, PASSED);
	expect((await callBack(parked, id, undefined, body)).resumed?.status).toBe('success');
});

it('asks for another delivery when the API does not know one that it accepted', async () => {
	const parked = await park(emulator, 2);
	const [id = ''] = settleAll();
	emulator.failNext('earlyNotFound', { ...LOOKS, count: 1 });
	const early = await callBack(parked, 'another');
	expect([early.response.status, early.run]).toEqual([503, undefined]);
	expect((await callBack(parked, id)).resumed?.status).toBe('success');
});

it('a callback for each of 100 rows costs two looks at most, also for the last one', async () => {
	const parked = await park(emulator, 100);
	const before = countRequests(emulator, 'GET');
	const ids = idsByRow(emulator).sort();
	let last;
	for (const id of ids) {
		emulator.settle(id, PASSED);
		last = await answered(parked, id);
	}
	expect(last?.resumed?.after[0]).toHaveLength(100);
	expect(countRequests(emulator, 'GET') - before).toBeLessThanOrEqual(220);
});

it('a process that is late throws no answer away, though the sender may have left', async () => {
	const parked = await park(emulator, 2);
	const [id = ''] = settleAll();
	const stopBeingLate = beLate(600);
	const { resumed } = await callBack(parked, id);
	stopBeingLate();
	expect(resumed?.after[0]?.map(({ json }) => json.verdict)).toEqual(['passed', 'passed']);
});

/** Work of others takes so long in each turn of the event loop. */
function beLate(ms: number): () => void {
	let isOver = false;
	const work = async () => {
		while (!isOver) {
			const end = performance.now() + ms;
			while (performance.now() < end);
			await nextTurn();
		}
	};
	void work();
	return () => {
		isOver = true;
	};
}
