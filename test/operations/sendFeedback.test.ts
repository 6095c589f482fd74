/** @jest-environment-options {"speed": 10} */
import {
	jsonOf,
	operate,
	seenError,
	SIMPLE_FIELDS,
	submitted,
	withIds,
} from '../../lab/scenario/evaluate';
import { useEmulator } from '../../lab/scenario/useEmulator';

const emulator = useEmulator({ latency: 'manual' });
let ids: string[];

beforeEach(async () => {
	ids = await submitted(emulator, 'row-0', 'row-1', 'row-2');
	for (const id of ids) emulator.settle(id, { overall_passed: true });
});

const SEND = { operation: 'sendFeedback', evaluationId: '={{ $json.id }}' };

function feedback() {
	return ids.map((id) => emulator.evaluation(id)?.feedback);
}

it('sends what each row says, and gives the evaluations back', async () => {
	const parameters = {
		...SEND,
		feedback: '={{ ["positive", "negative", "positive"][$json.row] }}',
		reason: '={{ ["", " The logo is bent ", "Fine"][$json.row] }}',
	};
	const run = await operate(emulator, parameters, withIds(ids));
	expect(feedback()).toEqual([
		{ isPositive: true, reason: null },
		{ isPositive: false, reason: 'The logo is bent' },
		{ isPositive: true, reason: 'Fine' },
	]);
	const items = jsonOf(run.after[0]);
	expect(items.map(({ id }) => id)).toEqual(ids);
	expect(Object.keys(items[0] ?? {})).toEqual(SIMPLE_FIELDS);
	expect(items[0]?.verdict).toBe('passed');
	expect(run.origins[0]?.map(({ row }) => row)).toEqual([0, 1, 2]);
});

it('takes it back with Clear', async () => {
	await operate(emulator, { ...SEND, feedback: 'negative', reason: 'x' }, withIds(ids));
	await operate(emulator, { ...SEND, feedback: 'clear' }, withIds(ids));
	expect(feedback()).toEqual(ids.map(() => ({ isPositive: null, reason: null })));
});

it('names the scope that the key lacks', async () => {
	const run = await operate(emulator, SEND, withIds(ids), { apiKey: 'rf_live_readonly' });
	expect(seenError(run)).toMatchObject({
		message: "The API key lacks the scope 'evaluations:edit'",
		item: 0,
	});
});

it('takes no answer about another evaluation', async () => {
	const body = { id: ids[1], status_code: 'completed', overall_passed: true };
	emulator.options.forcedAnswers = [
		{ method: 'PATCH', pathPrefix: '/v1/evaluations/', status: 200, body, count: 1 },
	];
	const parameters = { ...SEND, feedback: 'positive' };
	const run = await operate(emulator, parameters, withIds(ids.slice(0, 1)));
	expect(jsonOf(run.after[0]).map(({ id }) => id)).toEqual(ids.slice(0, 1));
});
