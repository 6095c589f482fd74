/** @jest-environment-options {"speed": 10} */
import { NOT_FOUND } from '../messages/errorCases';
import {
	jsonOf,
	operate,
	seenError,
	SIMPLE_FIELDS,
	submitted,
	UNKNOWN_ID,
	withIds,
} from '../../lab/scenario/evaluate';
import { useEmulator } from '../../lab/scenario/useEmulator';

const emulator = useEmulator({ latency: 'manual' });

const GET = { operation: 'get', evaluationId: '={{ $json.id }}' };
const ALL_DETAILS = { embed: ['judges', 'action', 'gate_failures'] };

it('reads verdicts in the order of the rows, whichever answer comes first', async () => {
	const refs = Array.from({ length: 12 }, (_, row) => `row-${row}`);
	const ids = await submitted(emulator, ...refs);
	for (const [row, id] of ids.entries()) emulator.settle(id, { overall_passed: row % 2 === 0 });
	emulator.failNext('slow', { method: 'GET' });
	emulator.options.slowAnswerMs = 150;
	const run = await operate(emulator, GET, withIds(ids));
	const items = jsonOf(run.after[0]);
	expect(items.map(({ client_ref }) => client_ref)).toEqual(refs);
	expect(items.map(({ verdict }) => verdict)).toEqual(
		refs.map((_, row) => (row % 2 === 0 ? 'passed' : 'not_passed')),
	);
	expect(run.origins[0]?.map(({ row }) => row)).toEqual(refs.map((_, row) => row));
	expect(Object.keys(items[0] ?? {})).toEqual(SIMPLE_FIELDS);
});

it('gives an unfinished evaluation as it is, without waiting', async () => {
	const ids = await submitted(emulator, 'row-0');
	const run = await operate(emulator, GET, withIds(ids));
	expect(run.after[0]?.[0]?.json).toMatchObject({ id: ids[0], verdict: 'no_verdict', cost: '' });
	expect(run.hints).toEqual([]);
});

it('not simplified: the whole object and the verdict', async () => {
	const [id = ''] = await submitted(emulator, 'row-0');
	emulator.settle(id, { overall_passed: true });
	const run = await operate(emulator, { ...GET, options: { simple: false } }, withIds([id]));
	const [item = {}] = jsonOf(run.after[0]);
	expect(item).toMatchObject({ id, verdict: 'passed', attempt_number: 1, links: {} });
	expect(Object.keys(item).length).toBeGreaterThan(35);
	expect(item).not.toHaveProperty('judges');
});

it('includes the details that were asked for', async () => {
	const [id = ''] = await submitted(emulator, 'row-0');
	emulator.settle(id, { overall_passed: false });
	const run = await operate(emulator, { ...GET, options: ALL_DETAILS }, withIds([id]));
	const [item = {}] = jsonOf(run.after[0]);
	expect(Object.keys(item)).toEqual([...SIMPLE_FIELDS, 'judges', 'action', 'gate_failures']);
	expect(item.judges).toEqual(
		expect.arrayContaining([
			expect.objectContaining({ passed: false, issues: [expect.anything()] }),
		]),
	);
	expect(emulator.requests.at(-1)?.query).toEqual({ embed: 'judges,action,gate_failures' });

	const whole = { ...GET, options: { ...ALL_DETAILS, simple: false } };
	const [raw = {}] = jsonOf((await operate(emulator, whole, withIds([id]))).after[0]);
	expect(raw.judges).toEqual(
		expect.arrayContaining([expect.objectContaining({ evaluation_id: id })]),
	);
});

it('evaluates pass criterion, minimum score and Simplify for each row', async () => {
	const ids = await submitted(emulator, 'row-0', 'row-1', 'row-2');
	for (const id of ids) emulator.settle(id, { overall_passed: true, weighted_pass_rate: 0.8 });
	const options = {
		passCriterion: '={{ ["overall", "score", "both"][$json.row] }}',
		minimumScore: '={{ [0.9, 0.8, 0.9][$json.row] }}',
		simple: '={{ $json.row > 0 }}',
	};
	const run = await operate(emulator, { ...GET, options }, withIds(ids));
	const items = jsonOf(run.after[0]);
	expect(items.map(({ verdict }) => verdict)).toEqual(['passed', 'passed', 'not_passed']);
	expect(items.map((item) => 'org_id' in item)).toEqual([true, false, false]);
});

it.each([
	[{ overall_passed: null }, { failure_code: '', cost: '0.400000' }],
	[{ failure_code: 'invalid_media' }, { failure_code: 'invalid_media', cost: '' }],
	[{ failure_code: 'processing_failed' }, { failure_code: 'processing_failed', cost: '0.400000' }],
])('%j is an item without a verdict, not an error', async (outcome, expected) => {
	const [id = ''] = await submitted(emulator, 'row-0');
	emulator.settle(id, outcome);
	const run = await operate(emulator, GET, withIds([id]));
	expect(run.status).toBe('success');
	expect(run.after[0]?.[0]?.json).toMatchObject({ verdict: 'no_verdict', ...expected });
});

it("does not see another organization's evaluation", async () => {
	const [id = ''] = await submitted(emulator, 'row-0');
	const run = await operate(emulator, GET, withIds([id]), { apiKey: 'rf_live_other' });
	expect(seenError(run)).toMatchObject({ message: 'Evaluation not found', item: 0 });
});

it('stops at the first failure, and names the item', async () => {
	const ids = await submitted(emulator, 'row-0', 'row-1');
	const items = withIds([...ids, UNKNOWN_ID]);
	expect(seenError(await operate(emulator, GET, items))).toEqual({ ...NOT_FOUND, item: 2 });
});

it('waits a moment for an evaluation that is too new to be found', async () => {
	const ids = await submitted(emulator, 'row-0');
	emulator.options.earlyNotFoundMs = 1_500;
	const run = await operate(emulator, GET, withIds(ids));
	expect(run.status).toBe('success');
});
