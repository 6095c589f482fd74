/** @jest-environment-options {"speed": 10} */
import { nodeRun, resumeByTimeout } from '../../lab/engine';
import { jsonOf, operate, rows } from '../../lab/scenario/evaluate';
import { callBack, idsByRow, park, PASSED } from '../../lab/scenario/parked';
import { useEmulator } from '../../lab/scenario/useEmulator';

const emulator = useEmulator();

const OPTIONS = { options: { includeInput: true } };
const JUDGE = {
	operation: 'submitAndWait',
	taskType: '={{ $json.row === 0 ? "" : "headshot" }}',
	...OPTIONS,
};
const inputs = rows(3).map(({ json }) => json);

it.each([true, false])('the input row is there under input, simplified %s', async (simple) => {
	const run = await operate(
		emulator,
		{ ...JUDGE, taskType: 'headshot', options: { ...OPTIONS.options, simple } },
		rows(3),
	);
	expect(jsonOf(run.after[0]).map(({ input }) => input)).toEqual(inputs);
});

it('it is not there unless asked for', async () => {
	const run = await operate(emulator, { ...JUDGE, taskType: 'headshot', options: {} }, rows(1));
	expect(run.after[0]?.[0]?.json).not.toHaveProperty('input');
});

it('on error items too', async () => {
	const run = await operate(emulator, JUDGE, rows(3), { onError: 'continueRegularOutput' });
	expect(run.after[0]?.[0]?.json.error).toBe("'Task Type' is empty");
	expect(jsonOf(run.after[0]).map(({ input }) => input)).toEqual(inputs);
});

it('n8n still finds an error item for its error output, which has the row', async () => {
	const run = await operate(emulator, JUDGE, rows(3), { onError: 'continueErrorOutput' });
	expect(jsonOf(run.after[0]).map(({ input }) => input)).toEqual(inputs.slice(1));
	expect(jsonOf(run.after[1])).toMatchObject([
		{ ...inputs[0], error: "'Task Type' is empty", verdict: 'no_verdict', input: inputs[0] },
	]);
});

describe('after a parked wait', () => {
	beforeEach(() => {
		emulator.configure({ latency: 'manual' });
	});

	it.each([false, true])('the row is there, split by verdict %s', async (splitByVerdict) => {
		const parked = await park(emulator, 3, { ...OPTIONS, splitByVerdict });
		for (const id of idsByRow(emulator)) emulator.settle(id, PASSED);
		const { resumed } = await callBack(parked, idsByRow(emulator)[0] ?? '');
		const passed = jsonOf(resumed?.after[splitByVerdict ? 2 : 0]);
		expect(passed.map(({ input }) => input)).toEqual(inputs);
		expect(passed[0]).toMatchObject({ verdict: 'passed', client_ref: 'row-0' });
	});

	it('items whose time is up have it, and say so', async () => {
		const parked = await park(emulator, 2, OPTIONS);
		const run = nodeRun(await resumeByTimeout(parked));
		expect(jsonOf(run.after[0])).toEqual(
			inputs.slice(0, 2).map((input) =>
				expect.objectContaining({
					verdict: 'no_verdict',
					reason: 'Not finished in time',
					generated_image_url: input.url,
					task_type: 'product_photography',
					input,
				}),
			),
		);
	});
});
