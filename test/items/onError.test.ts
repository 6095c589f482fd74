/** @jest-environment-options {"speed": 10} */
import { jsonOf, operate, rows, seenError } from '../../lab/scenario/evaluate';
import { useEmulator } from '../../lab/scenario/useEmulator';

const emulator = useEmulator();

const JUDGE = { operation: 'submitAndWait', taskType: '={{ $json.row === 0 ? "" : "headshot" }}' };
const CONTINUE = { onError: 'continueRegularOutput' } as const;
const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

function refuseFirst(status: number): void {
	const pathPrefix = '/v1/evaluations';
	emulator.options.forcedAnswers = [{ method: 'POST', pathPrefix, status, count: 1 }];
}

it('a bad first row does not keep the others from being judged, and bills none twice', async () => {
	const run = await operate(emulator, JUDGE, rows(4), { ...CONTINUE, ...RETRY });
	expect(jsonOf(run.after[0])).toEqual([
		expect.objectContaining({
			error: "'Task Type' is empty",
			message: 'Say what kind of image it is meant to be, for example product_photography',
		}),
		...['row-1', 'row-2', 'row-3'].map((client_ref) => expect.objectContaining({ client_ref })),
	]);
	expect(run.hints[0]?.message).toMatch(
		/^3 evaluations in .* credits\. 1 not submitted: 'Task Type' is empty\. /,
	);
	expect(emulator.ledger()).toMatchObject({ submitted: 3, billed: 3, billedTwice: [] });
});

it('a run in which nothing could be submitted says so above its output', async () => {
	const taskType = '={{ $json.row === 0 ? "" : {} }}';
	const run = await operate(emulator, { ...JUDGE, taskType }, rows(3), CONTINUE);
	expect(run.hints.map(({ message }) => message)).toEqual([
		"3 not submitted: 'Task Type' is empty",
	]);
});

it.each(['submit', 'submitAndWait'])(
	'%s says that several rows name one image, which is billed for each of them',
	async (operation) => {
		const same = { operation, generatedImageUrl: 'https://images.example.com/first.png' };
		const run = await operate(emulator, same, rows(5));
		expect(run.hints[0]?.message).toContain('. 5 items, 1 different image');
		const own = await operate(emulator, { operation }, rows(5));
		expect(own.hints[0]?.message).not.toContain('different');
	},
);

it('Retry On Fail after a failure in the middle repeats the keys: nothing is billed twice', async () => {
	refuseFirst(400);
	const parameters = { ...JUDGE, taskType: 'headshot' };
	const run = await operate(emulator, parameters, rows(6), RETRY);
	expect(run.status).toBe('success');
	expect(run.after[0]).toHaveLength(6);
	expect(emulator.ledger()).toMatchObject({ submitted: 6, billed: 6, billedTwice: [] });
});

it('a finished batch with failed evaluations is no reason for n8n to try again', async () => {
	emulator.options.outcome = () => ({ failure_code: 'processing_failed' });
	const parameters = { ...JUDGE, taskType: 'headshot' };
	const run = await operate(emulator, parameters, rows(2), { ...CONTINUE, ...RETRY });
	expect(jsonOf(run.after[0]).map(({ verdict }) => verdict)).toEqual(['no_verdict', 'no_verdict']);
	expect(emulator.requests.filter(({ method }) => method === 'POST')).toHaveLength(2);
});

it('one refused image ends the batch, and the error names what was accepted already', async () => {
	refuseFirst(400);
	const run = await operate(emulator, { ...JUDGE, taskType: 'headshot' }, rows(3));
	const { message, description } = seenError(run);
	expect(message).toBe('Runflow refused the request (status 400)');
	for (const { id } of emulator.evaluations) expect(description).toContain(id);
	expect(description).toContain(
		'choose Retry in the executions list: they are read, and only what failed',
	);
});

it('one refused image ends nothing when it is set to continue', async () => {
	refuseFirst(422);
	const run = await operate(emulator, { ...JUDGE, taskType: 'headshot' }, rows(4), CONTINUE);
	const items = jsonOf(run.after[0]);
	expect(items.filter((item) => 'error' in item)).toEqual([
		expect.objectContaining({
			error: 'Runflow rejected the values of this request',
			message: 'Correct the values. Nothing was billed for this request',
			details: { http_status: 422 },
		}),
	]);
	expect(items.filter(({ status_code }) => status_code === 'completed')).toHaveLength(3);
});

it('an empty balance stops the submitting, and each row says whether it was submitted', async () => {
	emulator.options.balance = '0.100000';
	const run = await operate(emulator, { ...JUDGE, taskType: 'headshot' }, rows(40), CONTINUE);
	const items = jsonOf(run.after[0]);
	expect(items).toHaveLength(40);
	expect(new Set(items.map(({ error }) => error))).toEqual(
		new Set(['The Runflow balance is too low for this evaluation']),
	);
	expect(items.at(-1)).toMatchObject({
		message: expect.stringMatching(/^This item was not submitted\. /),
	});
	expect(emulator.requests.filter(({ method }) => method === 'POST').length).toBeLessThan(15);
});

it('a time-out becomes an error item with the id', async () => {
	emulator.options.latency = 'manual';
	const parameters = { ...JUDGE, taskType: 'headshot', options: { timeoutSeconds: 1 } };
	const run = await operate(emulator, parameters, rows(1), CONTINUE);
	const [record] = emulator.evaluations;
	expect(jsonOf(run.after[0])).toEqual([
		expect.objectContaining({
			error: 'The evaluation was not finished within 1 second',
			message: expect.stringContaining('Read the verdicts later with Get or Wait'),
			details: { evaluation_id: record?.id },
			...{ id: record?.id, evaluation_id: record?.id, client_ref: 'row-0', billed_credits: 0 },
			status_code: expect.stringMatching(/pending|running/),
		}),
	]);
});
