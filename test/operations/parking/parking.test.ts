/** @jest-environment-options {"speed": 10} */
import { sleep } from 'n8n-workflow';

import { EngineCredentialsHelper } from '../../../lab/engine/credentials';
import { nodeRun, resumeByTimeout, resumeByWebhook } from '../../../lab/engine';
import {
	callBack,
	countRequests,
	idsByRow,
	park,
	PASSED,
	rows,
	SECRET,
} from '../../../lab/scenario/parked';
import { useEmulator } from '../../../lab/scenario/useEmulator';
import { isObject } from '../../../nodes/Runflow/api/read';

const emulator = useEmulator({ latency: 'manual', callbackRetryDelaysMs: [] });

it('parks with a callback URL that leads back to a Runflow node, and with what it submitted', async () => {
	const parked = await park(emulator, 2);
	expect(parked.status).toBe('waiting');
	const [first] = emulator.evaluations;
	const { callback_url } = first?.body ?? {};
	expect(callback_url).toMatch(/\/webhook-waiting\/\d+\/runflow-verdicts\?signature=\w+/);
	expect(parked.run.waitTill?.getTime()).toBeGreaterThan(Date.now() + 670_000);
	expect(parked.outputs[0]?.[0]?.json).toMatchObject({
		id: first?.id,
		verdict: 'no_verdict',
		client_ref: 'row-0',
	});
	expect(parked.node('Start').outputs[0]?.map(({ json }) => json)).toEqual(
		rows(2).map(({ json }) => json),
	);
});

it('stores a shape once, however many rows have it', async () => {
	const parked = await park(emulator, 3);
	const { parked: record } = parked.run.data.executionData?.contextData['node:Runflow'] ?? {};
	const shapes = isObject(record) && Array.isArray(record.shapes) ? record.shapes : [];
	expect([shapes.length, new Set(shapes).size]).toEqual([3, 1]);
});

it.each([
	[1, 'in order'],
	[5, 'in order'],
	[5, 'in reverse'],
	[10, 'shuffled'],
	[200, 'shuffled'],
])('resumes %i items once the last of the callbacks, %s, has come', async (count, order) => {
	const parked = await park(emulator, count);
	const submits = countRequests(emulator, 'POST');
	const looksBefore = countRequests(emulator, 'GET');
	const ids = idsByRow(emulator);
	const sequence = order === 'in reverse' ? [...ids].reverse() : [...ids];
	if (order === 'shuffled') sequence.sort();
	let last;
	for (const [at, id] of sequence.entries()) {
		emulator.settle(id, PASSED);
		last = await callBack(parked, id);
		if (at < count - 1) expect(last.run).toBeUndefined();
		expect(last.response.status).toBe(200);
	}
	const { resumed } = last ?? {};
	expect(resumed?.status).toBe('success');
	expect(resumed?.after[0]?.map(({ json }) => [json.id, json.verdict])).toEqual(
		ids.map((id) => [id, 'passed']),
	);
	expect(resumed?.after[0]?.map(({ binary }) => binary?.data?.fileName)).toEqual(
		ids.map((_, row) => `${row}.png`),
	);
	expect(resumed?.origins[0]?.map(({ row }) => row)).toEqual(ids.map((_, row) => row));
	expect(submits).toBe(count);
	const looks = countRequests(emulator, 'GET') - looksBefore;
	expect(looks).toBeLessThanOrEqual(1.5 * count * (1 + Math.log2(count)));
});

it('goes on once with the first of callbacks that all come at once; the others cost no more', async () => {
	const parked = await park(emulator, 20);
	const ids = idsByRow(emulator);
	for (const id of ids) emulator.settle(id, PASSED);
	const answers = await Promise.all(ids.map(async (id) => await callBack(parked, id)));
	const [going, ...more] = answers.filter(({ run }) => run !== undefined);
	expect([going?.resumed?.after[0]?.length, more]).toEqual([20, []]);
	const statuses = answers.map(({ response }) => response.status).sort();
	expect(statuses).toEqual([200, ...Array.from({ length: 19 }, () => 503)]);
	const resumed = going?.run;
	if (resumed === undefined) throw new Error('not resumed');
	const late = await resumeByWebhook(resumed, { rawBody: '{}', url: callbackUrl() });
	expect(late.response.status).toBe(409);
	expect(late.run).toBeUndefined();
});

it('reads the credential once for callbacks that come one after the other', async () => {
	const parked = await park(emulator, 2);
	const readings = jest.spyOn(EngineCredentialsHelper.prototype, 'getDecrypted');
	for (const id of idsByRow(emulator)) await callBack(parked, id);
	expect(readings).toHaveBeenCalledTimes(1);
	readings.mockRestore();
});

it('does not park when everything is finished by the first look', async () => {
	emulator.options.latency = { distribution: 'fixed', minMs: 1 };
	emulator.options.answerDelayMs = 30;
	const run = await park(emulator, 3);
	expect(run.status).toBe('success');
	expect(run.after[0]?.map(({ json }) => json.status_code)).toEqual([
		'completed',
		'completed',
		'completed',
	]);
});

it('passes on what it submitted, without a verdict, when the time is up', async () => {
	const parked = await park(emulator, 3, { splitByVerdict: true, timeoutSeconds: 60 });
	const run = nodeRun(await resumeByTimeout(parked));
	expect(run.status).toBe('success');
	const ids = idsByRow(emulator);
	expect(run.after[0]?.map(({ json }) => [json.id, json.verdict])).toEqual(
		ids.map((id) => [id, 'no_verdict']),
	);
	expect(run.after[2] ?? []).toEqual([]);
	expect(run.after[0]?.[2]?.binary?.data?.fileName).toBe('2.png');
});

it.each([SECRET, 'whsec_old'])(
	'takes only callbacks signed with %s, when there is a secret',
	async (right) => {
		const credential = { callbackSecret: SECRET, previousCallbackSecret: 'whsec_old' };
		const parked = await park(emulator, 1, {}, { credential });
		const [id = ''] = idsByRow(emulator);
		emulator.settle(id, PASSED);
		for (const secret of [undefined, 'whsec_wrong']) {
			const refused = await callBack(parked, id, secret);
			expect([refused.response.status, refused.run]).toEqual([401, undefined]);
		}
		expect(countRequests(emulator, 'GET')).toBeLessThanOrEqual(1);
		expect((await callBack(parked, id, right)).resumed?.status).toBe('success');
	},
);

it('stays parked when the API cannot answer, and asks for another delivery', async () => {
	const parked = await park(emulator, 2);
	const ids = idsByRow(emulator);
	for (const id of ids) emulator.settle(id, PASSED);
	for (const status of [500, 503, 429, 401]) {
		emulator.options.forcedAnswers = [{ method: 'GET', pathPrefix: '/v1/evaluations', status }];
		const answer = await callBack(parked, ids[0] ?? '');
		expect([answer.response.status, answer.run]).toEqual([503, undefined]);
	}
	emulator.options.forcedAnswers = [];
	expect((await callBack(parked, ids[0] ?? '')).resumed?.status).toBe('success');
});

it.each(['', 'nonsense', '[]', 'null', '{"id":"../../x"}', '{"__proto__":{"id":1}}'])(
	'never throws and never resumes early for the body %j',
	async (rawBody) => {
		const parked = await park(emulator, 1);
		const answer = await resumeByWebhook(parked, { rawBody });
		expect(answer.run).toBeUndefined();
		expect(answer.error).toBeUndefined();
		expect(answer.response.status).toBeLessThan(500);
	},
);

it('refuses to spend money when Runflow cannot reach this n8n', async () => {
	const remote = 'https://api.runflow.io';
	const run = await park(emulator, 2, {}, { credential: { baseUrl: remote }, baseUrl: remote });
	expect(run.error?.message).toBe('Runflow cannot call this n8n back');
	expect(run.error?.description).toContain("Set 'Wait Mode' to Poll");
	expect(emulator.requests).toEqual([]);
});

it('keeps submitting as the account finishes some, then parks for the rest', async () => {
	emulator.options.inFlightCap = 4;
	emulator.options.latency = { distribution: 'fixed', minMs: 300 };
	emulator.options.outcome = { 'row-11': { latencyMs: 'manual' } };
	const parked = await park(emulator, 12);
	expect(parked.status).toBe('waiting');
	expect(emulator.evaluations).toHaveLength(12);
	const id = idsByRow(emulator)[11] ?? '';
	emulator.settle(id, PASSED);
	await sleep(400);
	const { resumed } = await callBack(parked, id);
	expect(resumed?.after[0]).toHaveLength(12);
});

it('carries error items along when it is set to continue', async () => {
	const parameters = { taskType: '={{ $json.row === 1 ? "" : "headshot" }}' };
	const parked = await park(emulator, 3, parameters, { onError: 'continueRegularOutput' });
	expect(emulator.evaluations).toHaveLength(2);
	const ids = idsByRow(emulator);
	for (const id of ids) emulator.settle(id, PASSED);
	const { resumed } = await callBack(parked, ids[0] ?? '');
	expect(resumed?.after[0]?.map(({ json }) => json.error ?? json.verdict)).toEqual([
		'passed',
		"'Task Type' is empty",
		'passed',
	]);
});

function callbackUrl(): string {
	return String(emulator.evaluations[0]?.body.callback_url);
}
