import { readEvaluation, readJobClasses } from '../../nodes/Runflow/api/read';

describe('job classes', () => {
	const row = { code: 'standard', name: 'Standard', price: '0.400000', is_active: true };

	it.each([
		['a bare array', [row]],
		['items', { items: [row], first: null, next: null }],
		['data', { data: [row] }],
	])('from %s', (_form, body) => {
		expect(readJobClasses(body)).toEqual([row]);
	});

	it.each(['price', 'price_credits', 'unit_price', 'cost'])('with the price in %s', (key) => {
		expect(readJobClasses([{ code: 'a', [key]: '0.4' }])).toEqual([
			{ code: 'a', name: 'a', price: '0.4', is_active: true },
		]);
	});

	it.each([
		['a number', 0.4, '0.4'],
		['null', null, null],
		['text', 'free', null],
		['a negative', '-1', null],
	])('whose price is %s', (_name, price, expected) => {
		expect(readJobClasses([{ code: 'a', price }])).toMatchObject([{ price: expected }]);
	});

	it('without a price, inactive, under other names, or unusable', () => {
		const rows = [
			{ code: 'a' },
			{ code: 'b', is_active: false },
			{ job_class_code: 'c', label: 'C' },
			{ name: 'has no code' },
			null,
			'text',
		];
		expect(readJobClasses(rows)).toEqual([
			{ code: 'a', name: 'a', price: null, is_active: true },
			{ code: 'b', name: 'b', price: null, is_active: false },
			{ code: 'c', name: 'C', price: null, is_active: true },
		]);
	});

	it.each([undefined, null, '', '<html>', 5, {}, { items: null }])('not from %p', (body) => {
		expect(readJobClasses(body)).toBeUndefined();
	});
});

describe('an evaluation', () => {
	it('keeps every field', () => {
		const body = { id: 'e', status_code: 'new_status', extra: { a: 1 } };
		expect(readEvaluation(body)).toEqual(body);
	});

	it.each([
		undefined,
		null,
		'',
		'{"id":"e","stat',
		[],
		{},
		{ id: 'e' },
		{ id: '', status_code: 'pending' },
		{ id: 5, status_code: 'pending' },
		{ id: 'e', status_code: null },
	])('is not %p', (body) => {
		expect(readEvaluation(body)).toBeUndefined();
	});
});
