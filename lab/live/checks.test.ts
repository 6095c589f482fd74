import { startEmulator } from '../emulator';
import { LiveAccount } from './account';
import { checkForFree, checkWithOneEvaluation } from './checks';

it('finds every assumption fulfilled by the emulator, and spends one evaluation', async () => {
	const emulator = await startEmulator({ latency: { distribution: 'fixed', minMs: 1 } });
	const account = new LiveAccount(emulator.url, 'rf_live_full');
	const free = await checkForFree(account);
	expect(emulator.ledger().submitted).toBe(0);
	const paid = await checkWithOneEvaluation(account);
	expect(emulator.ledger()).toMatchObject({ submitted: 1, billedTwice: [] });
	const broken = [...free, ...paid].filter(({ holds }) => holds === false);
	expect(broken).toEqual([]);
	await emulator.close();
});
