import { sumDecimals } from '../../nodes/Runflow/verdict/decimals';
import { summarize } from '../../nodes/Runflow/verdict/summary';
import type { Verdict } from '../../nodes/Runflow/verdict/verdict';

describe('the sum of costs', () => {
	it.each<[unknown[], string]>([
		[[], '0.00'],
		[['0.1', '0.2'], '0.30'],
		[['0.100001', '0.200002'], '0.300003'],
		[['0.400000', '0.400000', '0.400000'], '1.20'],
		[['0.000001'], '0.000001'],
		[['12', '0.5'], '12.50'],
		[['0.1', '0.000001', '3'], '3.100001'],
		[['0.4', null, undefined, '', 'free', NaN, Infinity, {}, '1e999', '.', '-', '0x1'], '0.40'],
		[[0.4, '1e-1', '1E3', ' 2 ', '.5', '5.', '+1', '-0.25', 1e-7], '1008.7500001'],
		[['007.10', '1e-3'], '7.101'],
		[['-0.40', '0.15'], '-0.25'],
		[['9007199254740993.000001', '0.000001'], '9007199254740993.000002'],
		[Array(10_000).fill('0.100001'), '1000.01'],
	])('of %.60j is %s', (values, expected) => {
		expect(sumDecimals(values)).toBe(expected);
	});
});

describe('the line on a batch', () => {
	const judged = (verdict: Verdict, cost: unknown) => ({ verdict, cost });

	it('counts what passed, what did not, what has no verdict, and the exact cost', () => {
		const all = [
			judged('passed', '0.100000'),
			judged('passed', '0.200000'),
			judged('not_passed', '0.400001'),
			judged('no_verdict', '0.400000'),
			judged('no_verdict', null),
		];
		expect(summarize(all, 5, 41_499)).toBe(
			'5 evaluations in 41 s: 2 passed, 1 not passed, 2 without a verdict, 1.100001 credits',
		);
	});

	it.each([
		[400, '3 evaluations in 0 s'],
		[59_499, '3 evaluations in 59 s'],
		[59_500, '3 evaluations in 1 min 0 s'],
		[125_000, '3 evaluations in 2 min 5 s'],
	])('%i ms', (durationMs, start) => {
		expect(summarize([], 3, durationMs)).toBe(
			`${start}: 0 passed, 0 not passed, 3 without a verdict, 0.00 credits`,
		);
	});
});
