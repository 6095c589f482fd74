import type { IDataObject } from 'n8n-workflow';

import { withRequest } from '../../nodes/Runflow/verdict/sent';
import { shapeEvaluation } from '../../nodes/Runflow/verdict/shape';
import type { Shape } from '../../nodes/Runflow/verdict/shape';

const SIMPLE: Shape = { simple: true, embed: [], criterion: { passCriterion: 'overall' } };

const JUDGE = {
	id: 'j',
	evaluation_id: 'e',
	name: 'logo_fidelity',
	description: 'Is the mark intact?',
	category: 'brand',
	passed: false,
	confidence: 0.91,
	weight: 0.3,
	reasoning: 'The last letter is bent.',
	evidence: ['right side'],
	issues: [{ category: 'brand', subcategory: 'logo_distortion', detail: null }],
};

const COMPLETE = {
	created_at: '2026-07-01T10:00:00+00:00',
	id: 'e',
	org_id: 'o',
	run_id: null,
	status_code: 'completed',
	overall_passed: false,
	weighted_pass_rate: 0.61,
	top_issues: ['Logo distorted'],
	top_strengths: ['framing'],
	primary_action_code: 'regenerate',
	failure_code: null,
	cost: '0.400000',
	client_ref: 'row-7',
	job_class_code: 'standard',
	task_type: 'headshot',
	generated_image_url: 'https://example.com/a.png',
	submitted_at: '2026-07-01T10:00:00+00:00',
	completed_at: '2026-07-01T10:00:41+00:00',
	eval_duration_ms: 41230,
	links: {},
	judges: [JUDGE],
	action: { code: 'regenerate' },
	gate_failures: ['logo_fidelity'],
};

it('simplified: all fields of the contract, in this order, with their types', () => {
	const shaped = shapeEvaluation(COMPLETE, SIMPLE);
	expect(Object.entries(shaped)).toEqual([
		['verdict', 'not_passed'],
		['passed', false],
		['reason', 'Logo distorted'],
		['weighted_pass_rate', 0.61],
		['overall_passed', false],
		['top_issues', ['Logo distorted']],
		['issues_text', 'Logo distorted'],
		['top_strengths', ['framing']],
		['primary_action_code', 'regenerate'],
		['failure_code', ''],
		['cost', '0.400000'],
		['cost_credits', 0.4],
		['billed_credits', 0.4],
		['client_ref', 'row-7'],
		['generated_image_url', 'https://example.com/a.png'],
		['task_type', 'headshot'],
		['job_class_code', 'standard'],
		['run_id', ''],
		['status_code', 'completed'],
		['submitted_at', '2026-07-01T10:00:00+00:00'],
		['completed_at', '2026-07-01T10:00:41+00:00'],
		['eval_duration_ms', 41230],
		['id', 'e'],
		['evaluation_id', 'e'],
	]);
});

it('has the same fields when the API gave only a few', () => {
	const pending = shapeEvaluation({ id: 'e', status_code: 'pending' }, SIMPLE);
	expect(Object.keys(pending)).toEqual(Object.keys(shapeEvaluation(COMPLETE, SIMPLE)));
	expect(pending).toMatchObject({
		...{ id: 'e', evaluation_id: 'e', status_code: 'pending' },
		...{ verdict: 'no_verdict', passed: false, reason: 'Not finished yet' },
		...{ client_ref: '', failure_code: '', cost: '', submitted_at: '', issues_text: '' },
		...{ cost_credits: null, billed_credits: 0, overall_passed: null, top_issues: null },
	});
	const nulls = Object.keys(pending).filter((name) => pending[name] === null);
	expect(nulls).toEqual([
		...['weighted_pass_rate', 'overall_passed', 'top_issues', 'top_strengths', 'cost_credits'],
		'eval_duration_ms',
	]);
});

it('what was not billed for the item counts 0, though it has its cost', () => {
	expect(shapeEvaluation(COMPLETE, SIMPLE, { isBilled: false })).toMatchObject({
		...{ cost: '0.400000', cost_credits: 0.4, billed_credits: 0 },
	});
});

describe('for tables', () => {
	const looks: Shape = { ...SIMPLE, embed: ['judges', 'action'], forTables: true };
	const states = [
		COMPLETE,
		{ id: 'e', status_code: 'pending' },
		{ ...COMPLETE, top_issues: [], top_strengths: null, overall_passed: null, cost: null },
		{ ...COMPLETE, weighted_pass_rate: null, client_ref: 7, judges: null, action: null },
	];

	it('every column has one type, whatever happened, and none is a list, an object or null', () => {
		const types = states.map((state) =>
			Object.entries(shapeEvaluation(state, looks)).map(([name, each]) => [name, typeof each]),
		);
		expect(new Set(types.map((each) => JSON.stringify(each))).size).toBe(1);
		const used = new Set(types.flat().map(([, type]) => type));
		expect([...used].sort()).toEqual(['boolean', 'number', 'string']);
	});

	it('lists are one text, details JSON; it implies Simplify', () => {
		const whole = shapeEvaluation(COMPLETE, { ...looks, simple: false });
		expect(whole).toEqual(shapeEvaluation(COMPLETE, looks));
		expect(whole).toMatchObject({
			top_issues: 'Logo distorted',
			top_strengths: 'framing',
			action: '{"code":"regenerate"}',
		});
	});
});

it('adds the details that were asked for at the end, judges without their ids', () => {
	const shape: Shape = { ...SIMPLE, embed: ['judges', 'action', 'gate_failures'] };
	const shaped = shapeEvaluation(COMPLETE, shape);
	expect(Object.keys(shaped).slice(-3)).toEqual(['judges', 'action', 'gate_failures']);
	expect(shaped.judges).toEqual([
		{
			name: 'logo_fidelity',
			category: 'brand',
			passed: false,
			confidence: 0.91,
			weight: 0.3,
			reasoning: 'The last letter is bent.',
			issues: [{ category: 'brand', subcategory: 'logo_distortion', detail: null }],
		},
	]);
	expect(shaped.action).toEqual({ code: 'regenerate' });
	const pending = shapeEvaluation({ id: 'e', status_code: 'running' }, shape);
	expect(pending).toMatchObject({ judges: null, action: null, gate_failures: null });
});

it('not simplified: the whole object of the API and the fields of ours', () => {
	const shaped = shapeEvaluation(COMPLETE, { ...SIMPLE, simple: false });
	const ours = {
		...{ verdict: 'not_passed', passed: false, reason: 'Logo distorted' },
		...{ issues_text: 'Logo distorted', evaluation_id: 'e' },
		...{ cost_credits: 0.4, billed_credits: 0.4 },
	};
	expect(shaped).toEqual({ ...COMPLETE, ...ours });
});

describe('not simplified, what must not be in an item', () => {
	const whole = (fields: IDataObject) =>
		shapeEvaluation({ ...COMPLETE, ...fields }, { ...SIMPLE, simple: false });

	it.each([[{ code: 'x' }], ['broken'], [null], [true]])(
		'an error, which n8n would take for a failed run and try again: %j gets another name',
		(error) => {
			expect(whole({ error })).not.toHaveProperty('error');
			expect(whole({ error }).evaluation_error).toEqual(error);
		},
	);

	it('the callback URL, whose holder could resume a parked execution, wherever it stands', () => {
		const callback_url = 'https://n8n.example.com/webhook-waiting/7/node?signature=abc';
		const links = { self: '/v1/e', hook: callback_url, all: ['a', callback_url, { callback_url }] };
		const shaped = whole({ callback_url, links });
		expect(JSON.stringify(shaped)).not.toContain('webhook-waiting');
		expect(shaped.links).toEqual({ self: '/v1/e', all: ['a', {}] });
	});
});

it.each([
	['0.400000', '0.400000', 0.4],
	[0.4, '0.4', 0.4],
	['1e-1', '0.1', 0.1],
	[0, '0', 0],
	[null, '', null],
	['free', '', null],
	[{ amount: '0.4' }, '', null],
])('a cost of %j is %j as text and %j as a number', (given, cost, cost_credits) => {
	expect(shapeEvaluation({ ...COMPLETE, cost: given }, SIMPLE)).toMatchObject({
		cost,
		cost_credits,
	});
});

it.each([
	['https://example.com/a.png', 'https://example.com/a.png'],
	['runflow://assets/0b6f6f0e', 'runflow://assets/0b6f6f0e'],
	['data:image/png;base64,iVBORw0KGgo=', 'data:image/png;base64,iVBORw0KGgo='],
	[
		`data:image/jpeg;base64,${'A'.repeat(4_096)}`,
		'data:image/jpeg;base64,… (3 kB left out by Simplify)',
	],
])('shows the image %.40s as %s', (generated_image_url, expected) => {
	const evaluation = { ...COMPLETE, generated_image_url };
	expect(shapeEvaluation(evaluation, SIMPLE).generated_image_url).toBe(expected);
	const whole = shapeEvaluation(evaluation, { ...SIMPLE, simple: false });
	expect(whole.generated_image_url).toBe(generated_image_url);
});

describe('an evaluation that was only accepted', () => {
	const request = {
		generated_image_url: 'https://example.com/b.png',
		task_type: 'headshot',
		client_ref: 'row-8',
		job_class: 'deep',
	};

	it('tells what was sent', () => {
		const accepted = withRequest({ id: 'e', status_code: 'pending', client_ref: null }, request);
		expect(shapeEvaluation(accepted, SIMPLE)).toMatchObject({
			generated_image_url: 'https://example.com/b.png',
			task_type: 'headshot',
			client_ref: 'row-8',
			job_class_code: 'deep',
			run_id: '',
		});
	});

	it("but what the API says counts: under a known key it may be another image's evaluation", () => {
		expect(withRequest(COMPLETE, request)).toEqual(COMPLETE);
	});
});
