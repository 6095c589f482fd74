import { seenError, withIds } from '../../lab/scenario/evaluate';
import { rows, runOnRows } from '../../lab/scenario/rows';
import { shareEmulator } from '../../lab/scenario/useEmulator';

/** A credential whose API key is an expression of the item, as agencies have it. */
const emulator = shareEmulator();

afterEach(() => {
	emulator.reset();
});

const KEYS = ['rf_live_full', 'rf_live_full', 'rf_live_other'];
const OF_ITEM = { credential: { apiKey: '={{ $json.key }}' } };
const CONDITIONAL = {
	credential: { apiKey: "={{ $json.key === 'rf_live_other' ? 'rf_live_other' : 'rf_live_full' }}" },
};
const ITEMS = withIds(['e1', 'e2', 'e3']).map(({ json }, row) => ({
	json: { ...json, key: KEYS[row], url: `https://images.example.com/${row}.png` },
}));

it.each([
	['submit', {}],
	['submitAndWait', {}],
	['submitAndWait', { options: { waitMode: 'callback' } }],
	['wait', {}],
	['get', {}],
	['sendFeedback', { feedback: 'positive' }],
	['getMany', { runId: '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b' }],
])('%s: several accounts are refused before anything is sent', async (operation, more) => {
	for (const credential of [OF_ITEM, CONDITIONAL]) {
		const run = await runOnRows(emulator.url, { operation, ...more }, ITEMS, credential);
		const { message, description } = seenError(run);
		expect(message).toBe('The items use different Runflow accounts');
		expect(description).toContain('item 3 gets another account');
		expect(emulator.requests).toEqual([]);
	}
});

it('where all items continue, each is in error', async () => {
	const options = { ...OF_ITEM, onError: 'continueRegularOutput' } as const;
	const run = await runOnRows(emulator.url, { operation: 'submit' }, ITEMS, options);
	expect(run.outputs[0]?.map(({ json }) => json.passed)).toEqual([false, false, false]);
	expect(emulator.requests).toEqual([]);
});

it.each([
	['one account by expression', OF_ITEM, ITEMS.slice(0, 2)],
	['a plain key', { credential: { apiKey: 'rf_live_full' } }, rows(3)],
])('%s is used', async (_, credential, items) => {
	await runOnRows(emulator.url, { operation: 'submit' }, items, credential);
	expect(emulator.evaluations).toHaveLength(items.length);
});
