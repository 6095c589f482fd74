import type { INodeExecutionData } from 'n8n-workflow';

import { nodeRun, resumeByTimeout } from '../../lab/engine';
import { jsonOf, operate, rows, SIMPLE_FIELDS } from '../../lab/scenario/evaluate';
import { runOnRows } from '../../lab/scenario/rows';
import { callBack, idsByRow, park, PASSED } from '../../lab/scenario/parked';
import { useEmulator } from '../../lab/scenario/useEmulator';

const LAST_NIGHT = {
	...{ verdict: 'passed', passed: true, overall_passed: true, weighted_pass_rate: 0.97 },
	...{ reason: 'fine', id: 'last-night', evaluation_id: 'last-night' },
};
const additionalFields = { clientRef: '=row-{{ $json.row }}', evaluateAgain: 'onChange' };
const NIGHTLY = { operation: 'submitAndWait', taskType: 'headshot', additionalFields };
// What is asked under a key of its own reports here; the rest is polled before the node parks.
const OWN_KEY = { clientRef: '=row-{{ $json.row }}', evaluateAgain: 'always' };
const CALLBACK = { ...NIGHTLY, additionalFields: OWN_KEY, options: { waitMode: 'callback' } };
const NEW_ROW_OWN_KEY = {
	...OWN_KEY,
	evaluateAgain: '={{ $json.row === 2 ? "always" : "onChange" }}',
};
const REPORT = { operation: 'createReport', title: 'Nightly', options: {} };
const UNREADABLE = { generatedImageUrl: '={{ $json.row === 1 ? "" : $json.url }}' };

const emulator = useEmulator();

const table = (count = 3): INodeExecutionData[] =>
	rows(count).map(({ json }) => ({ json: { ...json, ...LAST_NIGHT } }));
const billed = (items: INodeExecutionData[] = []) =>
	jsonOf(items).map(({ billed_credits }) => billed_credits);

it('what was judged the night before has its verdict and its cost, but is not billed', async () => {
	const first = await operate(emulator, NIGHTLY, table(2));
	for (const record of emulator.evaluations) record.submittedWallMs -= 86_400_000;
	const second = await operate(emulator, NIGHTLY, table(3));
	expect([billed(first.after[0]), billed(second.after[0])]).toEqual([
		[0.4, 0.4],
		[0, 0, 0.4],
	]);
	expect(jsonOf(second.after[0]).map(({ cost }) => cost)).toEqual(Array(3).fill('0.400000'));
	expect(emulator.ledger()).toMatchObject({ billed: 3 });
});

it('equal questions share one evaluation: the first has what it cost', async () => {
	const twice = [...table(1), ...table(1)];
	const run = await operate(emulator, NIGHTLY, twice);
	expect([billed(run.after[0]), emulator.ledger().billed]).toEqual([[0.4, 0], 1]);
});

it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
	'%s: a row in error has all fields, and none of them is from last night',
	async (onError) => {
		const run = await operate(emulator, { ...NIGHTLY, ...UNREADABLE }, table(), { onError });
		const [error] = jsonOf(run.after.flat()).filter(({ error: text }) => text !== undefined);
		expect(jsonOf(run.after[onError === 'continueErrorOutput' ? 1 : 0])).toContain(error);
		expect(error).toMatchObject({
			...{ error: "'Generated Image URL' is empty", reason: "'Generated Image URL' is empty" },
			...{ verdict: 'no_verdict', passed: false, overall_passed: null, weighted_pass_rate: null },
			...{ client_ref: 'row-1', task_type: 'headshot', generated_image_url: '', id: '' },
		});
		expect(Object.keys(error ?? {})).toEqual(expect.arrayContaining(SIMPLE_FIELDS));
	},
);

it('joined to the others, a row that cannot be read today counts as no verdict in the report', async () => {
	emulator.options.outcome = () => ({ overall_passed: true, weighted_pass_rate: 0.9 });
	const nightly = { ...NIGHTLY, generatedImageUrl: UNREADABLE.generatedImageUrl };
	const run = await operate(emulator, nightly, table(), { onError: 'continueErrorOutput' });
	const [item] = (await operate(emulator, REPORT, run.after.flat())).after.flat();
	expect(item?.json).toMatchObject({ total: 3, passed: 2, not_passed: 0, no_verdict: 1 });
	expect(item?.json.text).toContain("Without a verdict: 'Generated Image URL' is empty (1)");
	const page = Buffer.from(String(item?.binary?.report?.data), 'base64').toString();
	expect(page).toContain('2 of 3 images passed');
	expect(page).not.toContain('0.97');
});

it.each([
	['https://bob:pw@c.example/a.png?sig=abc', 'https://…@c.example/a.png?sig=…'],
	['http://c.example/a.png?X-Amz-Signature=abc', 'http://c.example/a.png?X-Amz-Signature=…'],
	[
		'https://api.telegram.org/file/bot1234567:AAFakeToken/photos/1.jpg',
		'https://api.telegram.org/file/bot…/photos/1.jpg',
	],
])('the secrets of a refused address are not in the item: %s', async (url, shown) => {
	const items = [{ json: { url } }];
	const parameters = { ...NIGHTLY, generatedImageUrl: '={{ $json.url }}' };
	const run = await operate(emulator, parameters, items, { onError: 'continueRegularOutput' });
	const [item] = jsonOf(run.after[0]);
	expect(item).toMatchObject({ verdict: 'no_verdict', generated_image_url: shown });
	expect(JSON.stringify(item)).not.toMatch(/pw@|abc|AAFakeToken/);
});

it('an image that Runflow refuses is found by its reference and its address', async () => {
	emulator.options.forcedAnswers = [
		{ method: 'POST', pathPrefix: '/v1/evaluations', status: 422, count: 1 },
	];
	const options = { forTables: true };
	const run = await operate(emulator, { ...NIGHTLY, options }, table(1), {
		onError: 'continueRegularOutput',
	});
	expect(jsonOf(run.after[0])).toMatchObject([
		{
			...{ client_ref: 'row-0', generated_image_url: 'https://images.example.com/0.png' },
			...{ verdict: 'no_verdict', weighted_pass_rate: 0, top_issues: '', overall_passed: false },
		},
	]);
});

describe('parked', () => {
	beforeEach(() => {
		emulator.configure({ latency: 'manual' });
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'%s: at the deadline no row says what it said last night',
		async (onError) => {
			const parked = await runOnRows(emulator.url, { ...CALLBACK, ...UNREADABLE }, table(), {
				...{ mode: 'webhook', onError },
			});
			const run = nodeRun(await resumeByTimeout(parked));
			expect(jsonOf(run.after.flat())).toMatchObject([
				{ client_ref: 'row-0', verdict: 'no_verdict', passed: false, billed_credits: 0 },
				{ client_ref: 'row-1', verdict: 'no_verdict', passed: false, reason: /is empty/ },
				{ client_ref: 'row-2', verdict: 'no_verdict', passed: false, billed_credits: 0 },
			]);
		},
	);

	it('what was there before is not billed when it goes on', async () => {
		emulator.options.idempotencyConflictStatus = 'replay';
		await operate(emulator, { ...NIGHTLY, operation: 'submit' }, rows(2));
		for (const id of idsByRow(emulator)) emulator.settle(id, PASSED);
		for (const record of emulator.evaluations) record.submittedWallMs -= 86_400_000;
		const parked = await park(emulator, 3, { ...NIGHTLY, additionalFields: NEW_ROW_OWN_KEY });
		const [id = ''] = idsByRow(emulator).slice(2);
		emulator.settle(id, PASSED);
		const { resumed } = await callBack(parked, id);
		expect(billed(resumed?.after[0])).toEqual([0, 0, 0.4]);
	});
});
