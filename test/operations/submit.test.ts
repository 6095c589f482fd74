/** @jest-environment-options {"speed": 10} */
/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { jsonOf, operate, rows, SIMPLE_FIELDS } from '../../lab/scenario/evaluate';
import { useEmulator } from '../../lab/scenario/useEmulator';

const emulator = useEmulator({ latency: 'manual' });

const SUBMIT = { operation: 'submit' };
const RUN_ID = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';

it('gives one pending item for each row, in order and paired with it', async () => {
	emulator.options.answerDelayMs = 3;
	const run = await operate(emulator, SUBMIT, rows(30));
	const items = jsonOf(run.after[0]);
	expect(items.map(({ client_ref }) => client_ref)).toEqual(rows(30).map((_, row) => `row-${row}`));
	expect(run.origins[0]?.map(({ row }) => row)).toEqual(rows(30).map((_, row) => row));
	expect(Object.keys(items[0] ?? {})).toEqual(SIMPLE_FIELDS);
	expect(items[0]).toMatchObject({
		id: emulator.evaluations.find(({ clientRef }) => clientRef === 'row-0')?.id,
		verdict: 'no_verdict',
		status_code: 'pending',
		job_class_code: 'standard',
		cost: '',
	});
	expect(run.hints).toEqual([
		{
			message: "30 submitted. Get or Wait reads the verdict later by the 'id'",
			location: 'outputPane',
		},
	]);
});

describe('the callback URL', () => {
	const RUNFLOW = 'https://api.runflow.io';
	const callingBack = (callbackUrl: string) => ({ ...SUBMIT, additionalFields: { callbackUrl } });

	it.each([
		[
			1,
			'https://n8n.example.com/webhook/x',
			'1 submitted. The verdict goes to https://n8n.example.com/webhook/x; nothing more comes out here',
		],
		[
			2,
			'https://n8n.example.com/webhook-test/x',
			'2 submitted. The verdicts go to https://n8n.example.com/webhook-test/x; nothing more comes out here. A test URL works once, while the trigger listens',
		],
		[
			2,
			'=https://n8n.example.com/webhook/{{ $itemIndex }}',
			'2 submitted. The verdicts go to 2 callback URLs; nothing more comes out here',
		],
	])('is named above the output of %i', async (count, url, message) => {
		const run = await operate(emulator, callingBack(url), rows(count));
		expect(run.hints).toEqual([{ message, location: 'outputPane' }]);
	});

	it.each(['http://localhost:5678/webhook/x', 'https://n8n.lan/webhook/x', 'http://10.0.0.1/x'])(
		'%s is refused before anything is billed: Runflow is somewhere else',
		async (url) => {
			const credential = { baseUrl: RUNFLOW };
			const run = await operate(emulator, callingBack(url), rows(2), { credential });
			expect(run.error?.message).toBe("Runflow cannot reach the 'Callback URL'");
			expect(run.error?.description).toContain(`It is ${url}`);
			expect(emulator.requests).toEqual([]);
		},
	);

	it('of another row alone is an error item, and the line counts what was submitted', async () => {
		const url = "={{ $json.row === 0 ? 'nonsense' : 'https://n8n.example.com/webhook/x' }}";
		const options = { onError: 'continueRegularOutput' as const };
		const run = await operate(emulator, callingBack(url), rows(2), options);
		expect(run.after[0]?.[0]?.json.error).toContain("'Callback URL'");
		expect(run.hints[0]?.message).toMatch(/^1 submitted\./);
		expect(run.hints[0]?.message).toMatch(/ 1 not submitted: 'Callback URL' /);
	});
});

it('sends what the parameters say for each row, and nothing that is empty', async () => {
	const parameters = {
		...SUBMIT,
		taskType: '=  {{ $json.row === 0 ? "headshot" : "ad_creative" }} ',
		additionalFields: {
			callbackUrl: 'https://n8n.example.com/webhook/x',
			clientRef: '={{ $json.row }}',
			evaluationInstructions: 'Look at the hands',
			generationPrompt: 'a person, row {{ $json.row }}',
			inputAttributes: '={{ JSON.stringify({ aspect_ratio: $json.row + ":1" }) }}',
			jobClass: 'standard',
			referenceImages: {
				values: [
					{ source: 'url', url: '={{ $json.url }}?face', kind: 'source_face', description: '' },
				],
			},
			runId: RUN_ID,
			taskDescription: '  ',
		},
	};
	const run = await operate(emulator, parameters, rows(2));
	expect(run.status).toBe('success');
	const facts = {
		callback_url: 'https://n8n.example.com/webhook/x',
		evaluation_instructions: 'Look at the hands',
		generation_prompt: 'a person, row {{ $json.row }}',
		job_class: 'standard',
		run_id: RUN_ID,
	};
	const bodies = emulator.evaluations.map(({ body }) => body);
	expect(bodies.sort((a, b) => Number(a.client_ref) - Number(b.client_ref))).toEqual([
		{
			...facts,
			generated_image_url: 'https://images.example.com/0.png',
			task_type: 'headshot',
			client_ref: '0',
			input_attributes: { aspect_ratio: '0:1' },
			reference_images: [{ url: 'https://images.example.com/0.png?face', kind: 'source_face' }],
		},
		{
			...facts,
			generated_image_url: 'https://images.example.com/1.png',
			task_type: 'ad_creative',
			client_ref: '1',
			input_attributes: { aspect_ratio: '1:1' },
			reference_images: [{ url: 'https://images.example.com/1.png?face', kind: 'source_face' }],
		},
	]);
});

it('takes the whole object as the answer too, and leaves binary files with their items', async () => {
	emulator.options.submitAnswer = 'full';
	const file = { data: 'aGk=', mimeType: 'image/png', fileName: 'a.png' };
	const run = await operate(emulator, SUBMIT, [
		{ json: { row: 0, url: 'https://a.example/b' }, binary: { file } },
	]);
	expect(run.after[0]?.[0]?.json).toMatchObject({
		task_type: 'product_photography',
		generated_image_url: 'https://a.example/b',
		submitted_at: expect.any(String),
	});
	expect(run.after[0]?.[0]?.binary?.file?.fileName).toBe('a.png');
});

it('ends without a request when there are no items', async () => {
	const run = await operate(emulator, SUBMIT, []);
	expect(run.status).toBe('success');
	expect(emulator.requests).toEqual([]);
});

describe('the idempotency key', () => {
	it('differs between items and executions, and is the same for every attempt', async () => {
		emulator.failNext('dropAfter', { method: 'POST' });
		await operate(emulator, SUBMIT, rows(3));
		const first = emulator.requests.map(({ idempotencyKey }) => idempotencyKey);
		expect(first).toHaveLength(4);
		expect(new Set(first).size).toBe(3);
		expect(emulator.evaluations).toHaveLength(3);

		await operate(emulator, SUBMIT, rows(3));
		expect(new Set(emulator.requests.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(6);
	});

	it('is the same again when n8n retries on fail: nothing is billed twice', async () => {
		const pathPrefix = '/v1/evaluations';
		emulator.options.forcedAnswers = [{ method: 'POST', pathPrefix, status: 400, count: 1 }];
		const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const run = await operate(emulator, SUBMIT, rows(5), retry);
		expect(run.status).toBe('success');
		expect(run.after[0]).toHaveLength(5);
		expect(emulator.ledger()).toMatchObject({ submitted: 5 });
		expect(emulator.requests.length).toBeGreaterThan(5);
	});

	it("may be the user's own: then later executions evaluate nothing anew", async () => {
		const additionalFields = { idempotencyKey: '=image-{{ $json.row }}' };
		const first = await operate(emulator, { ...SUBMIT, additionalFields }, rows(2));
		const second = await operate(emulator, { ...SUBMIT, additionalFields }, rows(2));
		const ids = (run: typeof first) => jsonOf(run.after[0]).map(({ id }) => id);
		expect(ids(second)).toEqual(ids(first));
		expect(emulator.evaluations).toHaveLength(2);
	});

	it('is bound to what is asked: another image under the same key is judged by itself', async () => {
		const additionalFields = { idempotencyKey: 'same for all' };
		const run = await operate(emulator, { ...SUBMIT, additionalFields }, rows(2));
		expect(new Set(jsonOf(run.after[0]).map(({ id }) => id)).size).toBe(2);
	});

	it.each(['画像', '-1', 'x'.repeat(255)])('is plain ASCII of one length: %s', async (key) => {
		const additionalFields = { idempotencyKey: key };
		await operate(emulator, { ...SUBMIT, additionalFields }, rows(1));
		expect(emulator.requests[0]?.idempotencyKey).toMatch(/^[0-9a-f]{64}$/);
	});
});

describe('a full account', () => {
	beforeEach(async () => {
		emulator.options.inFlightCap = 1;
		await operate(emulator, SUBMIT, rows(1));
	});

	it('is waited for, as long as the builder allows', async () => {
		const room = setInterval(() => {
			for (const { id } of emulator.evaluations) emulator.settle(id);
		}, 500);
		const run = await operate(emulator, { ...SUBMIT, options: { timeoutSeconds: 60 } }, rows(2));
		clearInterval(room);
		expect(run.status).toBe('success');
		expect(emulator.ledger().submitted).toBe(3);
	});

	it('is an error after that, and nothing was submitted', async () => {
		const startedAt = performance.now();
		const run = await operate(emulator, { ...SUBMIT, options: { timeoutSeconds: 2 } }, rows(1));
		expect(run.error?.message).toBe('This account has too many evaluations in progress');
		expect(run.error?.description).toContain("or raise 'Keep Trying For (Seconds)'");
		expect(performance.now() - startedAt).toBeLessThan(6_000);
		expect(emulator.ledger().submitted).toBe(1);
	});
});
