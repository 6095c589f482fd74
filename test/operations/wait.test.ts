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

const WAIT = { operation: 'wait', evaluationId: '={{ $json.id }}' };

it('waits for each and keeps the order of the rows', async () => {
	emulator.options.outcome = {
		'row-0': { failure_code: 'processing_failed', latencyMs: 1_300 },
		'row-1': { overall_passed: false, latencyMs: 300 },
		'row-2': { overall_passed: true, latencyMs: 1 },
	};
	const ids = await submitted(emulator, 'row-0', 'row-1', 'row-2');
	const run = await operate(emulator, WAIT, withIds(ids));
	const items = jsonOf(run.after[0]);
	expect(items.map(({ id }) => id)).toEqual(ids);
	expect(items.map(({ verdict }) => verdict)).toEqual(['no_verdict', 'not_passed', 'passed']);
	expect(Object.keys(items[0] ?? {})).toEqual(SIMPLE_FIELDS);
	expect(run.origins[0]?.map(({ row }) => row)).toEqual([0, 1, 2]);
	expect(run.hints[0]?.message).toMatch(
		/^3 evaluations in \d s: 1 passed, 1 not passed, 1 without a verdict, 1\.20 credits$/,
	);
});

it('looks lightly, and asks for the details only once it is finished', async () => {
	const ids = await submitted(emulator, 'row-0');
	emulator.options.onRequest = ({ method }) => {
		if (method === 'GET') emulator.settle(ids[0] ?? '');
	};
	const options = { embed: ['judges'] };
	const run = await operate(emulator, { ...WAIT, options }, withIds(ids));
	expect(Object.keys(run.after[0]?.[0]?.json ?? {})).toEqual([...SIMPLE_FIELDS, 'judges']);
	const looks = emulator.requests.filter(({ method }) => method === 'GET');
	expect(looks.map(({ query }) => query.embed)).toEqual([undefined, undefined, 'judges']);
});

it('is no error when the time is up and it is set to continue', async () => {
	const ids = await submitted(emulator, 'row-0', 'row-1');
	emulator.settle(ids[1] ?? '', { overall_passed: true });
	const parameters = { ...WAIT, options: { timeoutSeconds: 1, onTimeout: 'continue' } };
	const run = await operate(emulator, parameters, withIds(ids));
	expect(run.status).toBe('success');
	expect(
		jsonOf(run.after[0]).map(({ id, verdict, status_code }) => [id, verdict, status_code]),
	).toEqual([
		[ids[0], 'no_verdict', 'running'],
		[ids[1], 'passed', 'completed'],
	]);
	expect(run.hints[0]?.message).toContain('1 passed, 0 not passed, 1 without a verdict');
});

it('takes an unknown status for unfinished, until the time is up', async () => {
	emulator.options.unknownStatus = { code: 'paused_for_review', fraction: 1, forever: true };
	emulator.options.latency = { distribution: 'fixed', minMs: 1 };
	const ids = await submitted(emulator, 'row-0');
	const run = await operate(emulator, { ...WAIT, options: { timeoutSeconds: 1 } }, withIds(ids));
	expect(seenError(run)).toEqual({
		message: 'The evaluation was not finished within 1 second',
		description: `It goes on at Runflow. Read the verdicts later with Get or Wait instead of submitting again, or raise 'Timeout (Seconds)'. Evaluation ID: ${ids[0]}`,
		item: 0,
	});
});

it('ends at once when the key may not read, without calling the ids news', async () => {
	const ids = await submitted(emulator, 'row-0', 'row-1');
	const run = await operate(emulator, WAIT, withIds(ids), { apiKey: 'rf_live_noscopes' });
	expect(seenError(run)).toEqual({
		message: "The API key lacks the scope 'evaluations:read'",
		description:
			'Create a key with this scope at https://app.runflow.io/settings/api-keys and put it into the Runflow API credential. Runflow says: Your account is not authorized to access this resource.',
		item: 0,
	});
});

it('an outage until the end is called an outage', async () => {
	const ids = await submitted(emulator, 'row-0');
	emulator.options.faults = { rate: 1, kinds: ['status503'] };
	const run = await operate(emulator, { ...WAIT, options: { timeoutSeconds: 2 } }, withIds(ids));
	expect(run.error).toMatchObject({
		message: 'The evaluation was not read, because of an outage, within 2 seconds',
		description: expect.stringContaining('The last answer: Runflow could not process the request'),
	});
	expect(run.error?.description).toContain(ids[0]);
});
