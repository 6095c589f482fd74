/** @jest-environment-options {"speed": 10} */
import { jsonOf, operate, rows, submitted, withIds } from '../../lab/scenario/evaluate';
import { park } from '../../lab/scenario/parked';
import { useEmulator } from '../../lab/scenario/useEmulator';

/** A firewall that takes a text of one row for an attack: the others are none of its business. */
const emulator = useEmulator({ firewall: [{ matches: /<script>/, answer: 'page' }] });

const ROWS = 12;
const JUDGE = {
	additionalFields: {
		clientRef: '=row-{{ $json.row }}',
		taskDescription: '={{ $json.row === 0 ? "a <script> on a poster" : "a poster" }}',
	},
};
const CONTINUE = { onError: 'continueRegularOutput' as const };
const REFUSED = 'A proxy or firewall between n8n and Runflow refused the request (status 403)';

it.each(['submit', 'submitAndWait'])(
	'%s: one row is refused, night after night',
	async (operation) => {
		for (const night of [1, 2]) {
			const run = await operate(emulator, { operation, ...JUDGE }, rows(ROWS), CONTINUE);
			const [first, ...others] = jsonOf(run.outputs[0] ?? []);
			expect(first).toMatchObject({ error: REFUSED, verdict: 'no_verdict', client_ref: 'row-0' });
			expect(others.filter(({ error }) => error === undefined)).toHaveLength(ROWS - 1);
			expect(emulator.ledger().submitted).toBe(night * (ROWS - 1));
		}
	},
);

it('parked: one row is refused, and the others are waited for', async () => {
	await park(emulator, ROWS, { ...JUDGE, imageSource: 'url' }, CONTINUE);
	expect(emulator.ledger().submitted).toBe(ROWS - 1);
});

it('Send Feedback: one reason is refused', async () => {
	const refs = Array.from({ length: ROWS }, (_, row) => `row-${row}`);
	const ids = await submitted(emulator, ...refs);
	const parameters = {
		operation: 'sendFeedback',
		evaluationId: '={{ $json.id }}',
		feedback: 'negative',
		reason: '={{ $json.row === 0 ? "<script>" : "blurred" }}',
	};
	const run = await operate(emulator, parameters, withIds(ids), CONTINUE);
	const [first, ...others] = jsonOf(run.outputs[0] ?? []);
	expect(first).toMatchObject({ error: REFUSED });
	expect(others.filter(({ error }) => error === undefined)).toHaveLength(ROWS - 1);
});
