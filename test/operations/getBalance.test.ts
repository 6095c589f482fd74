import { jsonOf, operate, rows, seenError } from '../../lab/scenario/evaluate';
import { useEmulator } from '../../lab/scenario/useEmulator';

const emulator = useEmulator({ balance: '12.350000' });

const GET_BALANCE = { resource: 'account', operation: 'getBalance' };
const FULL = { balance: 12.35, currency: 'USD', lowBalanceThreshold: null, isLow: false };

it.each(['decimal', 'cents'] as const)('gives one item for all rows (%s)', async (form) => {
	emulator.options.balanceForm = form;
	const run = await operate(emulator, GET_BALANCE, rows(3));
	expect(jsonOf(run.after[0])).toEqual([FULL]);
	expect(emulator.requests).toHaveLength(1);
});

it.each([
	[{ lowBalanceThreshold: '12.350001' }, {}, true],
	[{ lowBalanceThreshold: '12.350000' }, {}, false],
	[{}, { minimumBalance: 13 }, true],
	[{}, { minimumBalance: 12 }, false],
	[{ balance: '0.000000' }, {}, true],
	[{ balance: '-1.500000' }, {}, true],
])('with %j and %j it is low: %p', async (api, options, isLow) => {
	emulator.configure(api);
	const run = await operate(emulator, { ...GET_BALANCE, options });
	expect(jsonOf(run.after[0])).toMatchObject([{ isLow }]);
});

it('names the scope that the key lacks', async () => {
	const run = await operate(emulator, GET_BALANCE, rows(1), { apiKey: 'rf_live_readonly' });
	expect(seenError(run).message).toBe("The API key lacks the scope 'credit_balance:read'");
});
