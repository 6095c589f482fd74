/** @jest-environment-options {"speed": 10} */
import { startEmulator } from '../../lab/emulator';
import type { Emulator } from '../../lab/emulator';
import type { NodeRun } from '../../lab/engine';
import { NOT_FOUND, PASSING_FAULTS } from '../messages/errorCases';
import type { Case } from '../messages/errorCases';
import { operate, seenError, UNKNOWN_ID } from '../../lab/scenario/evaluate';

const GONE: Case = {
	name: 'an id that is not there, after ten seconds of grace',
	parameters: { operation: 'wait', evaluationId: UNKNOWN_ID },
	...NOT_FOUND,
};

const runs = new Map<string, { run: NodeRun; emulator: Emulator }>();

/** These wait in real time, as long as a user would: so all of them wait at once. */
beforeAll(async () => {
	const happen = async ({ name, parameters, options }: Case) => {
		const emulator = await startEmulator({ retryAfterSeconds: 0, ...options });
		runs.set(name, { run: await operate(emulator, parameters), emulator });
		await emulator.close();
	};
	await Promise.all([GONE, ...PASSING_FAULTS].map(happen));
}, 60_000);

function ranAs(name: string) {
	const ran = runs.get(name);
	if (ran === undefined) throw new Error('It did not run');
	return ran;
}

it.each(PASSING_FAULTS)('$name', (expected) => {
	const { name, message, description, requests, isWaitedFor, submitted = 0 } = expected;
	const { run, emulator } = ranAs(name);
	expect(seenError(run)).toEqual({ message, description, item: 0 });
	if (isWaitedFor) expect(emulator.requests.length).toBeGreaterThan(3);
	else expect(emulator.requests).toHaveLength(requests ?? 1);
	expect(new Set(emulator.requests.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
	expect(emulator.ledger().submitted).toBe(submitted);
});

it(GONE.name, () => {
	const { run, emulator } = ranAs(GONE.name);
	expect(seenError(run)).toEqual({ ...NOT_FOUND, item: 0 });
	const looks = emulator.requests.map(({ at }) => at);
	expect((looks.at(-1) ?? 0) - (looks[0] ?? 0)).toBeGreaterThan(9_500);
});
