import { WITHHELD } from '../../nodes/Runflow/api/failure';
import { explainBalance } from '../../nodes/Runflow/billing/balance';

describe('a balance that is too low is explained', () => {
	const failure = WITHHELD.failure;
	const classes = [
		{ code: 'standard', name: 'Standard', price: '0.400000', is_active: true },
		{ code: 'deep', name: 'Deep', price: null, is_active: true },
		{ code: 'fine', name: 'Fine', price: '1.5', is_active: true },
	];
	const api = (isKnown: boolean) => ({
		jobClasses: async () => (isKnown ? ({ ok: true, value: classes } as const) : WITHHELD),
		balance: async () =>
			isKnown
				? ({ ok: true, value: { balance: '0.100000', currency: 'credits' } } as const)
				: WITHHELD,
	});
	it.each([
		['no class', undefined, true, { price: '0.40', balance: '0.10' }],
		['a class', 'fine', true, { price: '1.50', balance: '0.10' }],
		['one without a price', 'deep', true, { price: undefined, balance: '0.10' }],
		['one that is not listed', 'other', true, { price: undefined, balance: '0.10' }],
		['one that nobody tells', 'fine', false, { price: undefined, balance: undefined }],
	])('for %s', async (_, jobClass, isKnown, funds) => {
		expect(await explainBalance(api(isKnown), failure, jobClass)).toEqual({ ...failure, funds });
	});
});
