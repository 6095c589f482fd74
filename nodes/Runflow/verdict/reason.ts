import { isObject, textAt } from '../api/read';
import type { Evaluation } from '../api/types';
import { issueLabels, oneLine } from './labels';
import { likelyCauses } from './mediaCauses';
import { scoreOf, verdictOf } from './verdict';
import type { Criterion } from './verdict';

export const NO_ISSUE = 'Runflow named no issue';

/** Of the image of a run. */
export const NOT_EVALUATED = 'Runflow has not evaluated this run yet';

const OPEN = ['pending', 'running'];

const FAILURES: Record<string, string> = {
	invalid_media: 'Runflow could not read the image',
	processing_failed: 'Runflow could not finish judging the image',
};

const FAILURE_TEXTS = ['failure_message', 'failure_detail', 'failure_reason', 'message'];

/**
 * Why an evaluation has its verdict, in one line for a cell or a message: the issues, or why there
 * is no verdict; null for a pass without issues.
 * @param isLate whether the time to wait for it is over
 */
export function reasonFor(
	evaluation: Evaluation,
	criterion: Criterion,
	isLate: boolean,
): string | null {
	const verdict = verdictOf(evaluation, criterion);
	if (verdict === 'no_verdict') return oneLine(whyNone(evaluation, criterion, isLate));
	const issues = issueLabels(evaluation.top_issues);
	if (issues.length > 0) return issues.join('; ');
	return verdict === 'passed' ? null : whyNot(evaluation, criterion);
}

function whyNone(evaluation: Evaluation, criterion: Criterion, isLate: boolean): string {
	const { status_code, overall_passed } = evaluation;
	if (status_code === 'failed') return failureText(evaluation);
	if (status_code !== 'completed') {
		const status = OPEN.includes(status_code) ? '' : ` (status ${status_code})`;
		return `Not finished ${isLate ? 'in time' : 'yet'}${status}`;
	}
	if (criterion.passCriterion !== 'score' && typeof overall_passed !== 'boolean') {
		return isAbsent(overall_passed)
			? 'Runflow came to no decision'
			: "Runflow's decision is neither yes nor no";
	}
	return isAbsent(evaluation.weighted_pass_rate)
		? 'Runflow gave no score'
		: "Runflow's score is not a number from 0 to 1";
}

function failureText(evaluation: Evaluation): string {
	const code = textAt(evaluation, 'failure_code');
	const what = FAILURES[code ?? ''] ?? 'Runflow could not evaluate the image';
	const { error } = evaluation;
	const said =
		textAt(evaluation, ...FAILURE_TEXTS) ?? (isObject(error) ? textAt(error, 'message') : error);
	const detail = typeof said === 'string' && said !== '' ? said : causes(code, evaluation);
	return `${what}${code ? ` (${code})` : ''}${detail ? `: ${detail}` : ''}`;
}

function causes(code: string | undefined, evaluation: Evaluation): string | undefined {
	if (code !== 'invalid_media') return undefined;
	return likelyCauses(textAt(evaluation, 'generated_image_url') ?? '');
}

function whyNot(evaluation: Evaluation, criterion: Criterion): string {
	const score = scoreOf(evaluation.weighted_pass_rate);
	const isLow =
		criterion.passCriterion !== 'overall' && score !== undefined && score < criterion.minimumScore;
	return isLow ? `Score ${score} is below the minimum of ${criterion.minimumScore}` : NO_ISSUE;
}

function isAbsent(value: unknown): boolean {
	return value === undefined || value === null;
}
