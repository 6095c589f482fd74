import type { IDataObject } from 'n8n-workflow';

import { reasonFor } from '../../nodes/Runflow/verdict/reason';
import type { Criterion } from '../../nodes/Runflow/verdict/verdict';

const OVERALL: Criterion = { passCriterion: 'overall' };
const SCORE: Criterion = { passCriterion: 'score', minimumScore: 0.7 };
const BOTH: Criterion = { passCriterion: 'both', minimumScore: 0.7 };

function reason(fields: IDataObject, criterion = OVERALL, isLate = false) {
	return reasonFor({ id: 'e', status_code: 'completed', ...fields }, criterion, isLate);
}

it.each<[IDataObject, Criterion, string | null]>([
	[{ overall_passed: true }, OVERALL, null],
	[{ overall_passed: true, top_issues: ['Contrast too low'] }, OVERALL, 'Contrast too low'],
	[
		{ overall_passed: false, top_issues: ['Blurred', ' Too\n dark '] },
		OVERALL,
		'Blurred; Too dark',
	],
	[{ overall_passed: false, top_issues: [] }, OVERALL, 'Runflow named no issue'],
	[{ overall_passed: false, top_issues: null }, OVERALL, 'Runflow named no issue'],
	[
		{ overall_passed: true, weighted_pass_rate: 0.61 },
		BOTH,
		'Score 0.61 is below the minimum of 0.7',
	],
	[{ overall_passed: true, weighted_pass_rate: 0.61, top_issues: ['Dark'] }, BOTH, 'Dark'],
	[{ overall_passed: null }, OVERALL, 'Runflow came to no decision'],
	[{ overall_passed: null, top_issues: ['Dark'] }, OVERALL, 'Runflow came to no decision'],
	[{ overall_passed: 'true' }, OVERALL, "Runflow's decision is neither yes nor no"],
	[{ overall_passed: true }, SCORE, 'Runflow gave no score'],
	[
		{ overall_passed: true, weighted_pass_rate: 85 },
		SCORE,
		"Runflow's score is not a number from 0 to 1",
	],
	[
		{ overall_passed: true, weighted_pass_rate: '0.9' },
		BOTH,
		"Runflow's score is not a number from 0 to 1",
	],
	[
		{ overall_passed: 1, weighted_pass_rate: 0.9 },
		BOTH,
		"Runflow's decision is neither yes nor no",
	],
])('%j by %j: %s', (fields, criterion, expected) => {
	expect(reason(fields, criterion)).toBe(expected);
});

it.each([
	['pending', false, 'Not finished yet'],
	['running', true, 'Not finished in time'],
	['paused_for_review', false, 'Not finished yet (status paused_for_review)'],
])('status %s, late %s: %s', (status_code, isLate, expected) => {
	const fields = { status_code, overall_passed: true, top_issues: ['Dark'] };
	expect(reason(fields, OVERALL, isLate)).toBe(expected);
});

it.each<[IDataObject, string]>([
	[
		{ failure_code: 'invalid_media' },
		'Runflow could not read the image (invalid_media): check that its URL opens an image without signing in',
	],
	[
		{ failure_code: 'invalid_media', failure_message: 'the host answered\n403' },
		'Runflow could not read the image (invalid_media): the host answered 403',
	],
	[
		{ failure_code: 'processing_failed' },
		'Runflow could not finish judging the image (processing_failed)',
	],
	[{ failure_code: 'quota', error: { message: 'no' } }, 'Runflow could not evaluate the image (quota): no'],
	[{ failure_code: null, error: 'no' }, 'Runflow could not evaluate the image: no'],
	[{}, 'Runflow could not evaluate the image'],
])('failed, %j: %s', (fields, expected) => {
	expect(reason({ status_code: 'failed', ...fields })).toBe(expected);
});

it.each<[IDataObject, string]>([
	[{ failure_message: 'a', failure_detail: 'b' }, 'a'],
	[{ failure_detail: 'b', failure_reason: 'c' }, 'b'],
	[{ failure_reason: 'c', message: 'd' }, 'c'],
	[{ message: 'd', error: 'e' }, 'd'],
	[{ error: { message: 'f' } }, 'f'],
])('of %j a failure shows %s', (fields, said) => {
	const told = reason({ status_code: 'failed', failure_code: 'processing_failed', ...fields });
	expect(told).toBe(`Runflow could not finish judging the image (processing_failed): ${said}`);
});

it.each<[IDataObject, string]>([
	[{}, 'Runflow could not evaluate the image'],
	[{ error: '' }, 'Runflow could not evaluate the image'],
	[{ error: 7 }, 'Runflow could not evaluate the image'],
	[
		{ failure_code: 'invalid_media', generated_image_url: 'https://example.com/a.svg' },
		'Runflow could not read the image (invalid_media): SVG is made of shapes, not of pixels',
	],
	[
		{ failure_code: 'invalid_media', error: '', generated_image_url: 'https://example.com/a.svg' },
		'Runflow could not read the image (invalid_media): SVG is made of shapes, not of pixels',
	],
	[
		{ failure_code: 'invalid_media' },
		'Runflow could not read the image (invalid_media): check that its URL opens an image without signing in',
	],
])('a failure that says nothing itself: %j', (fields, told) => {
	expect(reason({ status_code: 'failed', ...fields })).toBe(told);
});

it.each<[IDataObject, Criterion, string]>([
	[{ overall_passed: false, weighted_pass_rate: 0.7 }, BOTH, 'Runflow named no issue'],
	[{ overall_passed: false, weighted_pass_rate: 0.9 }, BOTH, 'Runflow named no issue'],
	[{ overall_passed: false, weighted_pass_rate: 0.1 }, OVERALL, 'Runflow named no issue'],
	[{ weighted_pass_rate: 0.69 }, SCORE, 'Score 0.69 is below the minimum of 0.7'],
])('%j by %j: only a low score is told as one', (fields, criterion, told) => {
	expect(reason(fields, criterion)).toBe(told);
});
