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
		['id', 'e'],
		['verdict', 'not_passed'],
		['status_code', 'completed'],
		['overall_passed', false],
		['weighted_pass_rate', 0.61],
		['top_issues', ['Logo distorted']],
		['top_strengths', ['framing']],
		['primary_action_code', 'regenerate'],
		['failure_code', null],
		['cost', '0.400000'],
		['client_ref', 'row-7'],
		['job_class_code', 'standard'],
		['task_type', 'headshot'],
		['generated_image_url', 'https://example.com/a.png'],
		['run_id', null],
		['submitted_at', '2026-07-01T10:00:00+00:00'],
		['completed_at', '2026-07-01T10:00:41+00:00'],
		['eval_duration_ms', 41230],
	]);
});

it('has the same fields when the API gave only a few', () => {
	const pending = shapeEvaluation({ id: 'e', status_code: 'pending' }, SIMPLE);
	expect(Object.keys(pending)).toEqual(Object.keys(shapeEvaluation(COMPLETE, SIMPLE)));
	const { id, verdict, status_code, ...rest } = pending;
	expect({ id, verdict, status_code }).toEqual({
		id: 'e',
		verdict: 'no_verdict',
		status_code: 'pending',
	});
	expect(new Set(Object.values(rest))).toEqual(new Set([null]));
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

it('not simplified: the whole object of the API and the verdict', () => {
	const shaped = shapeEvaluation(COMPLETE, { ...SIMPLE, simple: false });
	expect(shaped).toEqual({ ...COMPLETE, verdict: 'not_passed' });
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

it('never has a top-level error, which n8n would take for a failed run and try again', () => {
	expect(shapeEvaluation(COMPLETE, SIMPLE)).not.toHaveProperty('error');
});
