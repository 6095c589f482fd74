/** @jest-environment-options {"speed": 10} */
import { jsonOf, operate, rows, seenError, SIMPLE_FIELDS } from '../../lab/scenario/evaluate';
import { rowsWithFiles } from '../../lab/scenario/rows';
import { useEmulator } from '../../lab/scenario/useEmulator';

const emulator = useEmulator();

const JUDGE = { operation: 'submitAndWait' };

it('judges all rows together: order, pairing, fields and the line below', async () => {
	const scripts = [
		{ overall_passed: true, weighted_pass_rate: 0.95, latencyMs: 700 },
		{ overall_passed: false, weighted_pass_rate: 0.4, latencyMs: 1 },
		{ failure_code: 'invalid_media', latencyMs: 300 },
		{ failure_code: 'processing_failed', latencyMs: 1 },
		{ overall_passed: null, latencyMs: 100 },
		{ overall_passed: true, weighted_pass_rate: 1, latencyMs: 1 },
	];
	emulator.options.outcome = Object.fromEntries(
		scripts.map((script, row) => [`row-${row}`, script]),
	);
	const run = await operate(emulator, JUDGE, rows(scripts.length));
	const items = jsonOf(run.after[0]);
	expect(
		items.map((item) => [item.client_ref, item.verdict, item.weighted_pass_rate, item.cost]),
	).toEqual([
		['row-0', 'passed', 0.95, '0.400000'],
		['row-1', 'not_passed', 0.4, '0.400000'],
		['row-2', 'no_verdict', null, ''],
		['row-3', 'no_verdict', null, '0.400000'],
		['row-4', 'no_verdict', null, '0.400000'],
		['row-5', 'passed', 1, '0.400000'],
	]);
	expect(items.map(({ failure_code }) => failure_code)).toEqual([
		...['', '', 'invalid_media', 'processing_failed', '', ''],
	]);
	expect(Object.keys(items[0] ?? {})).toEqual(SIMPLE_FIELDS);
	expect(run.origins[0]?.map(({ row }) => row)).toEqual([0, 1, 2, 3, 4, 5]);
	expect(run.hints).toEqual([
		{
			message: expect.stringMatching(
				/^6 evaluations in \d s: 2 passed, 1 not passed, 3 without a verdict, 2\.00 credits\. Every Execute Step/,
			),
			location: 'outputPane',
		},
	]);
	expect(emulator.ledger()).toMatchObject({ submitted: 6, total: '2.000000' });
});

it.each([
	['one output', {}, /While you build, pin the output, or set 'Evaluate Again'/],
	[
		'three outputs, which n8n cannot pin',
		{ splitByVerdict: true },
		/While you build, set 'Evaluate/,
	],
	[
		'files, which Runflow may not recognize',
		{ imageSource: 'binary' },
		/While you build, pin the output$/,
	],
	['nothing billed again', { additionalFields: { evaluateAgain: 'onChange' } }, /credits$/],
	['a key of the builder', { additionalFields: { idempotencyKey: 'k' } }, /credits$/],
])('says how to build without paying, with %s', async (_, parameters, expected) => {
	emulator.options.outcome = { 'row-0': { overall_passed: true, weighted_pass_rate: 1 } };
	const run = await operate(emulator, { ...JUDGE, ...parameters }, rowsWithFiles(1));
	expect(run.hints).toEqual([{ message: expect.stringMatching(expected), location: 'outputPane' }]);
});

it.each([
	[1, { overall_passed: true, weighted_pass_rate: 0.9 }, /^Passed \(0\.90\)\. 0\.40 credits\./],
	[
		1,
		{ overall_passed: false, weighted_pass_rate: 0.7, top_issues: ['Image is <b>blurred'] },
		/^Not passed: Image is bblurred \(0\.70\)\. 0\.40 credits\./,
	],
	[
		2,
		{ overall_passed: true },
		/^2 evaluations in .* credits\. Verdict and reason are on the Table tab\./,
	],
])(
	'says the verdict on %i files, which n8n shows on the Binary tab',
	async (count, outcome, line) => {
		emulator.options.outcome = { 'row-0': outcome, 'row-1': outcome };
		const run = await operate(emulator, { ...JUDGE, imageSource: 'binary' }, rowsWithFiles(count));
		expect(run.hints[0]?.message).toMatch(line);
	},
);

it('gives one row the whole object', async () => {
	const options = { embed: ['action'], simple: false };
	const run = await operate(emulator, { ...JUDGE, options });
	const [item = {}] = jsonOf(run.after[0]);
	expect(item).toMatchObject({ status_code: 'completed', links: {}, attempt_number: 1 });
	expect(item).toHaveProperty('action');
	expect(item).toHaveProperty('verdict');
});

it('counts in the line below what each row takes for passed', async () => {
	emulator.options.outcome = () => ({ overall_passed: true, weighted_pass_rate: 0.8 });
	const options = { passCriterion: 'score', minimumScore: '={{ $json.row === 0 ? 0.7 : 0.9 }}' };
	const run = await operate(emulator, { ...JUDGE, options }, rows(3));
	expect(jsonOf(run.after[0]).map(({ verdict }) => verdict)).toEqual([
		'passed',
		'not_passed',
		'not_passed',
	]);
	expect(run.hints[0]?.message).toContain(': 1 passed, 2 not passed, 0 without a verdict,');
});

it('names what is still open when the time is up', async () => {
	emulator.options.latency = 'manual';
	emulator.options.outcome = { 'row-1': { overall_passed: true, latencyMs: 1 } };
	const run = await operate(emulator, { ...JUDGE, options: { timeoutSeconds: 1.5 } }, rows(3));
	const open = emulator.evaluations.filter(({ terminal }) => !terminal);
	const ids = open.sort((a, b) => String(a.clientRef).localeCompare(String(b.clientRef)));
	expect(seenError(run)).toEqual({
		message: '2 of 3 evaluations were not finished within 1.5 seconds',
		description: `They go on at Runflow. Choose Retry in the executions list to wait for the verdicts again: only what failed at Runflow is billed again. Get and Wait read them too. Evaluation IDs: ${ids.map(({ id }) => id).join(', ')}`,
		item: 0,
	});
});

it('submits no more than the account accepts, and loses nothing', async () => {
	emulator.options.inFlightCap = 3;
	const run = await operate(emulator, JUDGE, rows(12));
	expect(jsonOf(run.after[0]).map(({ client_ref }) => client_ref)).toEqual(
		rows(12).map((_, row) => `row-${row}`),
	);
	expect(emulator.ledger()).toMatchObject({ submitted: 12, billed: 12, billedTwice: [] });
});
