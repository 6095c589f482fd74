import { useEmulator } from '../scenario/useEmulator';
import { bearer, TestClient, until } from './testClient';

const ID = '0b6f6f0e-3c0d-4b8e-9d0a-0a4f5b1c2d3e';
const IMAGE = 'https://images.example.com/shoe.png';

const emulator = useEmulator();
const client = new TestClient(emulator);

afterAll(async () => await client.close());

describe('an evaluation', () => {
	it('goes from pending to running to a verdict, and only then costs something', async () => {
		emulator.configure({ latency: { distribution: 'fixed', minMs: 120 } });
		const accepted = await client.submit({ client_ref: 'row-1' });
		expect(accepted.status).toBe(202);
		expect(accepted.body).toEqual({
			id: expect.stringMatching(/^[0-9a-f-]{36}$/),
			status_code: 'pending',
			job_class_code: 'standard',
			client_ref: 'row-1',
		});
		const path = `/v1/evaluations/${String(accepted.body.id)}`;
		const running = await until(async () => {
			const { body } = await client.call('GET', path);
			return body.status_code === 'running' && body;
		});
		expect(running).toMatchObject({ cost: null, overall_passed: null });
		expect(running).not.toHaveProperty('judges');
		const done = await client.finished(accepted.body.id, '?embed=judges,action,gate_failures');
		expect(done).toMatchObject({ status_code: 'completed', cost: '0.400000' });
		expect(done.completed_at).toMatch(/\+00:00$/);
		expect(done.judges).toEqual(
			expect.arrayContaining([expect.objectContaining({ evaluation_id: done.id })]),
		);
		expect((await client.call('GET', `${path}?embed=verdict`)).status).toBe(422);
		expect((await client.call('GET', path, undefined, bearer('rf_live_other'))).status).toBe(404);
	});

	it('takes feedback, and null clears it', async () => {
		const path = `/v1/evaluations/${String((await client.submit()).body.id)}/feedback`;
		const given = await client.call('PATCH', path, { is_positive: false, reason: 'logo bent' });
		expect(given.body).toMatchObject({ feedback_is_positive: false, feedback_reason: 'logo bent' });
		const cleared = await client.call('PATCH', path, { is_positive: null });
		expect(cleared.body).toMatchObject({ feedback_is_positive: null, feedback_reason: null });
		const long = await client.call('PATCH', path, { is_positive: true, reason: 'x'.repeat(2001) });
		expect(long.status).toBe(422);
	});

	it('may be scripted, left open and settled by hand', async () => {
		emulator.configure({
			latency: 'manual',
			outcome: { bad: { overall_passed: false, weighted_pass_rate: 0.61 } },
		});
		const { id } = (await client.submit({ client_ref: 'bad' })).body;
		const other = (await client.submit({ client_ref: 'lost' })).body.id;
		emulator.settle(String(id));
		emulator.settle(String(other), { failure_code: 'invalid_media' });
		expect(await client.finished(id)).toMatchObject({
			overall_passed: false,
			weighted_pass_rate: 0.61,
			top_issues: [expect.any(String)],
		});
		expect(await client.finished(other)).toMatchObject({
			failure_code: 'invalid_media',
			cost: null,
		});
	});
});

describe('what the API refuses', () => {
	it.each([
		['no task type', { task_type: undefined }, 'task_type'],
		['http media', { generated_image_url: 'http://a.example/b.png' }, 'generated_image_url'],
		['a fifth reference', { reference_images: Array(5).fill({ url: IMAGE }) }, 'reference_images'],
		['an unknown asset', { generated_image_url: `runflow://assets/${ID}` }, 'generated_image_url'],
		['an inactive job class', { job_class: 'priority' }, 'job_class'],
		['attributes that are text', { input_attributes: '{}' }, 'input_attributes'],
		['a run id that is none', { run_id: 'run-1' }, 'run_id'],
		['a long client_ref', { client_ref: 'x'.repeat(256) }, 'client_ref'],
		['an unknown field', { prompt: 'a shoe' }, 'prompt'],
	])('%s', async (_what, fields, field) => {
		const { status, body } = await client.submit(fields);
		expect(status).toBe(422);
		expect(body).toMatchObject({ code: 'VALIDATION_ERROR', errors: [{ field }] });
		expect(emulator.evaluations).toHaveLength(0);
	});

	it('bad keys, missing scopes, an empty balance and a full flight', async () => {
		emulator.configure({
			latency: 'manual',
			inFlightCap: 1,
			balance: '0.900000',
			retryAfterSeconds: 7,
		});
		expect((await client.submit({}, bearer('rf_live_wrong'))).status).toBe(401);
		const readonly = await client.submit({}, bearer('rf_live_readonly'));
		expect(readonly).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
		const { id } = (await client.submit()).body;
		const tooMany = await client.submit();
		expect(tooMany).toMatchObject({ status: 429, body: { code: 'TOO_MANY_IN_FLIGHT' } });
		expect(tooMany.headers['retry-after']).toBe('7');
		emulator.settle(String(id));
		emulator.settle(String((await client.submit()).body.id));
		expect(emulator.options.balance).toBe('0.100000');
		expect(await client.submit()).toMatchObject({
			status: 402,
			body: { code: 'INSUFFICIENT_CREDIT' },
		});
		expect(emulator.seenInFlight()).toEqual({ max: 1 });
	});
});

describe('money', () => {
	it('a submit whose answer was lost is not billed again under the same key', async () => {
		const key = { 'idempotency-key': 'row-57' };
		emulator.failNext('dropAfter', { method: 'POST', pathPrefix: '/v1/evaluations' });
		await expect(client.submit({}, key)).rejects.toThrow();
		const again = await client.submit({}, key);
		expect(again).toMatchObject({ status: 202, body: { id: emulator.evaluations[0]?.id } });
		expect((await client.submit({ task_type: 'headshot' }, key)).status).toBe(409);
		await client.finished(again.body.id);
		expect(emulator.requests.slice(0, 2)).toMatchObject([
			{ status: 0, fault: 'dropAfter', idempotencyKey: 'row-57' },
			{ status: 202 },
		]);
		expect(emulator.ledger()).toEqual({
			submitted: 1,
			billed: 1,
			total: '0.400000',
			billedTwice: [],
		});
	});

	it('sums up exactly, bills processing failures, and sees who was billed twice', async () => {
		emulator.configure({
			outcome: {
				media: { failure_code: 'invalid_media' },
				broken: { failure_code: 'processing_failed' },
			},
		});
		emulator.options.jobClasses[0] = {
			code: 'standard',
			name: 'Standard',
			price: '0.100001',
			is_active: true,
		};
		for (const ref of ['twice', 'twice', 'media', 'broken'])
			await client.submit({ client_ref: ref });
		await until(() => emulator.evaluations.every(({ terminal }) => terminal));
		expect(emulator.ledger()).toEqual({
			submitted: 4,
			billed: 3,
			total: '0.300003',
			billedTwice: ['twice'],
		});
	});
});

it('the same seed gives the same run, faults included', async () => {
	const run = async (seed: number) => {
		emulator.reset();
		emulator.configure({ seed, faults: { rate: 0.3, kinds: ['status500', 'dropAfter', 'html'] } });
		for (let row = 0; row < 30; row++)
			await client.submit({ client_ref: `row-${row}` }).catch(() => {});
		await until(() => emulator.evaluations.every(({ terminal }) => terminal));
		const seen = {
			requests: emulator.requests.map(({ status, fault }) => [status, fault]),
			evaluations: emulator.evaluations.map(({ id, latencyMs, outcome }) => [
				id,
				latencyMs,
				outcome,
			]),
		};
		return seen;
	};
	const first = await run(7);
	expect(await run(7)).toEqual(first);
	expect(await run(8)).not.toEqual(first);
});
