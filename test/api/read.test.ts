import {
	isTooDeep,
	momentAt,
	readAccepted,
	readAcceptedAt,
	readEvaluation,
	readJobClasses,
} from '../../nodes/Runflow/api/read';

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
		{ id: 0.5, status_code: 'pending' },
		{ id: 'e', status_code: null },
	])('is not %p', (body) => {
		expect(readEvaluation(body)).toBeUndefined();
	});
});

describe('what was accepted', () => {
	it.each([
		['flat', { id: 'e' }],
		['in an envelope', { data: { id: 'e' } }],
		['in another envelope', { id: 'request', evaluation: { id: 'e', status_code: 'pending' } }],
		['in a list', [{ id: 'e' }]],
		['under its long name', { evaluation_id: 'e' }],
	])('has its id, %s', (_form, body) => {
		expect(readAccepted(body)).toMatchObject({ id: 'e', status_code: 'pending' });
	});

	it('may have a number for an id', () => {
		expect(readAccepted({ id: 5 })).toMatchObject({ id: '5' });
	});
});

it.each([
	['2026-11-25T12:00:00Z', '2026-11-25T12:00:00.000Z'],
	['2026-11-25T12:00:00.5+02:00', '2026-11-25T10:00:00.500Z'],
	['2026-11-25T12:00:00', '2026-11-25T12:00:00.000Z'],
	['2026-11-25 12:00:00.123456', '2026-11-25T12:00:00.123Z'],
])('the moment %s does not depend on where n8n runs', (text, expected) => {
	expect(new Date(momentAt(text)).toISOString()).toBe(expected);
});

it.each([
	['/v1/evaluations/6a1d3c1e-8a3b-4f5c-9b77-1f1f6d1f0c11', '6a1d3c1e-8a3b-4f5c-9b77-1f1f6d1f0c11'],
	['https://api.runflow.io/v1/evaluations/e-1?x=1', 'e-1'],
	['/v1/evaluations/', undefined],
	['/v1/runs/e-1', undefined],
	[undefined, undefined],
])('the Location %j tells what was accepted', (location, id) => {
	expect(readAcceptedAt(location)?.id).toBe(id);
});

it('reads a score that came as text, and a price in cents', () => {
	const evaluation = { id: 'e', status_code: 'completed', weighted_pass_rate: '0.95' };
	expect(readEvaluation(evaluation)?.weighted_pass_rate).toBe(0.95);
	expect(readJobClasses([{ code: 'standard', price_cents: 40 }])?.[0]?.price).toBe('0.40');
});

it('a value is too deep when anything in it is deeper than so many levels', () => {
	const nested = (levels: number): unknown =>
		levels === 0 ? 'x' : { flat: 1, a: [nested(levels - 2)] };
	expect([isTooDeep(nested(4), 4), isTooDeep(nested(4), 3)]).toEqual([false, true]);
	expect([isTooDeep('x', 0), isTooDeep({}, 0), isTooDeep([null], 0)]).toEqual([false, false, true]);
	expect([isTooDeep(nested(100)), isTooDeep(nested(102)), isTooDeep(undefined)]).toEqual([
		...[false, true, false],
	]);
});
