import type { Evaluation } from '../api/types';

export type Verdict = 'passed' | 'not_passed' | 'no_verdict';

export const VERDICTS: Verdict[] = ['no_verdict', 'not_passed', 'passed'];

/** What must hold for `passed`: Runflow's own decision, a minimum score from 0 to 1, or both. */
export type Criterion =
	{ passCriterion: 'overall' } | { passCriterion: 'score' | 'both'; minimumScore: number };

/**
 * The verdict on an evaluation. Only a completed evaluation has one; what a criterion needs but the
 * evaluation lacks (no decision, no score) gives `no_verdict`, unless the other half already fails.
 * A score equal to the minimum passes.
 */
export function verdictOf(evaluation: Evaluation, criterion: Criterion): Verdict {
	if (evaluation.status_code !== 'completed') return 'no_verdict';
	const { overall_passed, weighted_pass_rate } = evaluation;
	const overall = typeof overall_passed === 'boolean' ? overall_passed : undefined;
	if (criterion.passCriterion === 'overall') return fromHalves([overall]);

	const { minimumScore } = criterion;
	const score =
		typeof weighted_pass_rate === 'number' ? weighted_pass_rate >= minimumScore : undefined;
	return fromHalves(criterion.passCriterion === 'score' ? [score] : [overall, score]);
}

function fromHalves(halves: Array<boolean | undefined>): Verdict {
	if (halves.includes(false)) return 'not_passed';
	return halves.includes(undefined) ? 'no_verdict' : 'passed';
}
