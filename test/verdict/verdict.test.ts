import type { IDataObject } from 'n8n-workflow';

import { inOutputs } from '../../nodes/Runflow/verdict/split';
import { verdictOf } from '../../nodes/Runflow/verdict/verdict';
import type { Criterion, Verdict } from '../../nodes/Runflow/verdict/verdict';

const CRITERIA: Criterion[] = [
	{ passCriterion: 'overall' },
	{ passCriterion: 'score', minimumScore: 0.7 },
	{ passCriterion: 'both', minimumScore: 0.7 },
];

function evaluation(fields: IDataObject) {
	return { id: 'e', status_code: 'completed', ...fields };
}

function verdicts(fields: IDataObject): Verdict[] {
	return CRITERIA.map((criterion) => verdictOf(evaluation(fields), criterion));
}

describe('the verdict by Overall, by Score (0.7) and by Both', () => {
	it.each<[string, boolean | null, number | null, Verdict, Verdict, Verdict]>([
		['both good', true, 0.9, 'passed', 'passed', 'passed'],
		['equal to the minimum', true, 0.7, 'passed', 'passed', 'passed'],
		['just below the minimum', true, 0.6999999, 'passed', 'not_passed', 'not_passed'],
		['the best score', true, 1, 'passed', 'passed', 'passed'],
		['the worst score', false, 0, 'not_passed', 'not_passed', 'not_passed'],
		['a gate broken in spite of the score', false, 0.95, 'not_passed', 'passed', 'not_passed'],
		['passed in spite of the score', true, 0, 'passed', 'not_passed', 'not_passed'],
		['a decision without a score', true, null, 'passed', 'no_verdict', 'no_verdict'],
		['a refusal without a score', false, null, 'not_passed', 'no_verdict', 'not_passed'],
		['a score without a decision', null, 0.9, 'no_verdict', 'passed', 'no_verdict'],
		['a low score without a decision', null, 0.1, 'no_verdict', 'not_passed', 'not_passed'],
		['neither', null, null, 'no_verdict', 'no_verdict', 'no_verdict'],
	])('%s', (_name, overall_passed, weighted_pass_rate, ...expected) => {
		expect(verdicts({ overall_passed, weighted_pass_rate })).toEqual(expected);
	});

	it.each([
		['fields that are missing', {}],
		['fields of the wrong type', { overall_passed: 'true', weighted_pass_rate: '0.9' }],
		['a number that is none', { weighted_pass_rate: '' }],
		['a score out of bounds', { weighted_pass_rate: 85 }],
		['a score below nothing', { weighted_pass_rate: -0.1 }],
		['a decision that is a number', { overall_passed: 1 }],
	])('none for %s', (_name, fields) => {
		expect(verdicts(fields)).toEqual(['no_verdict', 'no_verdict', 'no_verdict']);
	});

	it.each(['pending', 'running', 'failed', 'paused_for_review', ''])(
		'none while the status is "%s", whatever else it says',
		(status_code) => {
			const fields = { status_code, overall_passed: true, weighted_pass_rate: 1, cost: '0.400000' };
			expect(verdicts(fields)).toEqual(['no_verdict', 'no_verdict', 'no_verdict']);
		},
	);

	it.each<[number, number, Verdict]>([
		[0, 0, 'passed'],
		[1, 1, 'passed'],
		[1, 0.9999, 'not_passed'],
	])('a minimum of %d and a score of %d: %s', (minimumScore, weighted_pass_rate, expected) => {
		const criterion: Criterion = { passCriterion: 'score', minimumScore };
		expect(verdictOf(evaluation({ weighted_pass_rate }), criterion)).toBe(expected);
	});
});

describe('the three outputs', () => {
	const item = (n: number, verdict: IDataObject[string]) => ({ json: { n, verdict } });
	const numbers = (outputs: ReturnType<typeof inOutputs>) =>
		outputs.map((items) => items.map(({ json }) => json.n));

	it('are No Verdict, Not Passed and Passed; items keep their order', () => {
		const verdictsInOrder = ['passed', 'no_verdict', 'not_passed', 'passed', 'no_verdict'];
		const items = verdictsInOrder.map((verdict, n) => item(n, verdict));
		expect(numbers(inOutputs(items))).toEqual([[1, 4], [2], [0, 3]]);
	});

	it.each([undefined, null, true, 'Passed', 'PASSED', 'failed'])(
		'an item with the verdict %p comes out of No Verdict',
		(verdict) => {
			expect(numbers(inOutputs([item(1, verdict)]))).toEqual([[1], [], []]);
		},
	);

	it('are there without any items too', () => {
		expect(inOutputs([])).toEqual([[], [], []]);
	});
});
