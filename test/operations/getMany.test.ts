import { TestClient } from '../../lab/emulator/testClient';
import { jsonOf, operate, seenError, SIMPLE_FIELDS } from '../../lab/scenario/evaluate';
import { useEmulator } from '../../lab/scenario/useEmulator';

const RUN = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';
const OTHER_RUN = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5c';
const PASSED = { overall_passed: true, weighted_pass_rate: 0.9 };
const NOT_PASSED = { overall_passed: false, weighted_pass_rate: 0.4 };
const GET_MANY = { operation: 'getMany' };

const emulator = useEmulator({ latency: 'manual' });

const rowsOf = (...runs: string[]) => runs.map((run_id, row) => ({ json: { row, run_id } }));

/** Two evaluations of the run, a moment apart, the newer one passed. */
async function evaluatedTwice(): Promise<string[]> {
	const older = emulator.evaluateRun(RUN, NOT_PASSED);
	older.submittedWallMs -= 60_000;
	return [emulator.evaluateRun(RUN, PASSED).id, older.id];
}

it.each(['items', 'array'] as const)('gives the newest verdict of a run (%s)', async (form) => {
	emulator.options.runEvaluationsForm = form;
	const [newest] = await evaluatedTwice();
	const run = await operate(emulator, GET_MANY, rowsOf(RUN, RUN));
	const items = jsonOf(run.after[0]);
	expect(items.map(({ id, verdict }) => ({ id, verdict }))).toEqual([
		{ id: newest, verdict: 'passed' },
		{ id: newest, verdict: 'passed' },
	]);
	expect(Object.keys(items[0] ?? {})).toEqual(SIMPLE_FIELDS);
	expect(run.origins[0]?.map(({ row }) => row)).toEqual([0, 1]);
	expect(emulator.ledger()).toMatchObject({ total: '0.000000' });
});

it('follows pages for all of them, and takes an address of the run', async () => {
	emulator.options.listPageSize = 1;
	const ids = await evaluatedTwice();
	const address = `https://app.runflow.io/o/${OTHER_RUN}/runs/${RUN}?tab=1`;
	const run = await operate(emulator, { ...GET_MANY, returnAll: true }, rowsOf(address));
	expect(jsonOf(run.after[0]).map(({ id }) => id)).toEqual(ids);
});

it.each([{ has_more: true }, { next_pq: 'same' }])(
	'refuses to take a part for the whole (%j)',
	async (more) => {
		const [newest] = await evaluatedTwice();
		const client = new TestClient(emulator);
		const { body } = await client.call('GET', `/v1/evaluations/${newest}`);
		await client.close();
		const list = { items: [body], ...more };
		emulator.options.forcedAnswers = [{ pathPrefix: '/v1/runs/', status: 200, body: list }];
		const all = await operate(emulator, { ...GET_MANY, returnAll: true }, rowsOf(RUN));
		const message = 'Not all evaluations of the run could be read';
		expect(seenError(all)).toMatchObject({ message });
		const one = await operate(emulator, GET_MANY, rowsOf(RUN));
		expect(jsonOf(one.after[0]).map(({ id }) => id)).toEqual([newest]);
	},
);

it('gives an item without a verdict for a run that nobody evaluated, never out of Passed', async () => {
	const parameters = { ...GET_MANY, splitByVerdict: true };
	const run = await operate(emulator, parameters, rowsOf(RUN));
	expect(run.after.map((items) => items?.length ?? 0)).toEqual([1, 0, 0]);
	expect(run.after[0]?.[0]?.json).toMatchObject({
		verdict: 'no_verdict',
		reason: 'Runflow has not evaluated this run yet',
		run_id: RUN,
		id: '',
	});
});

it('reads details one by one where the list has none', async () => {
	const { id } = emulator.evaluateRun(RUN, PASSED);
	const client = new TestClient(emulator);
	const { body } = await client.call('GET', `/v1/evaluations/${id}`);
	await client.close();
	emulator.options.forcedAnswers = [{ pathPrefix: '/v1/runs/', status: 200, body: [body] }];
	const run = await operate(emulator, { ...GET_MANY, options: { embed: ['judges'] } }, rowsOf(RUN));
	expect(jsonOf(run.after[0])[0]?.judges).toEqual(expect.any(Array));
});

it.each([
	['', "'Run ID' is empty"],
	['run 7', "'Run ID' is not the ID of a run"],
	[`https://x.example/${RUN}/${OTHER_RUN}.png`, "'Run ID' contains more than one ID"],
])('refuses the run %p', async (value, message) => {
	expect(seenError(await operate(emulator, GET_MANY, rowsOf(value)))).toMatchObject({ message });
	expect(emulator.requests).toEqual([]);
});
