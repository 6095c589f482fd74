/** @jest-environment-options {"speed": 10} */
import { jsonOf, operate, rows } from '../../lab/scenario/evaluate';
import { useEmulator } from '../../lab/scenario/useEmulator';
import type { ApiFailure } from '../../nodes/Runflow/api/attempt';
import { next } from '../../nodes/Runflow/billing/next';
import { FIRST_TRY } from '../../nodes/Runflow/billing/row';
import type { RowState } from '../../nodes/Runflow/billing/row';

/** A layer in front of the API that stores whatever it answered first under a key, refusals too. */
const emulator = useEmulator({ storesRefusals: true });

const ONCE = {
	operation: 'submitAndWait',
	additionalFields: { clientRef: '=row-{{ $json.row }}', evaluateAgain: 'onChange' },
};
const CONTINUE = { onError: 'continueRegularOutput' as const };

function verdicts(items: Parameters<typeof jsonOf>[0]) {
	return jsonOf(items).filter(({ verdict }) => verdict !== 'no_verdict').length;
}

it('a cap of 5: all 20 rows are judged, each once', async () => {
	emulator.options.inFlightCap = 5;
	emulator.options.latency = { distribution: 'fixed', minMs: 1_500 };
	const run = await operate(emulator, { operation: 'submitAndWait' }, rows(20), CONTINUE);
	expect(verdicts(run.outputs[0] ?? [])).toBe(20);
	expect(emulator.ledger()).toMatchObject({ submitted: 20, billedTwice: [] });
});

it('a balance that was too low: after topping up, the next execution asks again', async () => {
	emulator.options.balance = '0.100000';
	await operate(emulator, ONCE, rows(2), CONTINUE);
	emulator.options.balance = '10.000000';
	const run = await operate(emulator, ONCE, rows(2), CONTINUE);
	expect(verdicts(run.outputs[0] ?? [])).toBe(2);
	expect(emulator.ledger()).toMatchObject({ submitted: 2 });
});

it('one 503 costs its row nothing', async () => {
	emulator.failNext('status503', { method: 'POST' });
	const run = await operate(emulator, { operation: 'submitAndWait' }, rows(3), CONTINUE);
	expect(verdicts(run.outputs[0] ?? [])).toBe(3);
	expect(emulator.ledger()).toMatchObject({ submitted: 3, billedTwice: [] });
});

it('a row goes past twenty stored refusals in a turn, and tells the next', () => {
	const purpose = { subject: 'Evaluations', isSubmit: true };
	const failure: ApiFailure = { kind: 'answer', reaction: 'busy', purpose, status: 429 };
	const relation = { isRelated: false, echo: 'other', isNew: false } as const;
	const facts = {
		isShared: false,
		isForgotten: false,
		mayHaveAsked: false,
		mayBeOlder: false,
		mayDiffer: false,
	};
	const stored = { ...failure, isReplayed: true };
	const event = { kind: 'submitted', attempt: { ok: false, failure: stored } } as const;
	let state: RowState = { kind: 'asking', under: FIRST_TRY, conflicts: 0 };
	for (let keys = 1; keys <= 20; keys++) {
		const step = next(state, { ...event, relation, since: 0 }, facts);
		expect(step).toMatchObject({ todo: { kind: 'submit', under: { left: keys } } });
		state = step.state;
	}
	const last = next(state, { ...event, relation, since: 0 }, facts);
	expect(last.todo).toMatchObject({ kind: 'tell', attempt: { failure: { reaction: 'busy' } } });
	const turn = next(last.state, { kind: 'turn' }, facts);
	expect(turn.todo).toMatchObject({ kind: 'submit', under: { left: 20 } });
});
