import type { Evaluation } from '../api/types';

export type Verdict = 'passed' | 'not_passed' | 'no_verdict';

export const VERDICTS: Verdict[] = ['no_verdict', 'not_passed', 'passed'];

/** What became of a row since it was judged before. */
export type Change = 'newly_failing' | 'recovered' | 'still_failing';

/** What must hold for `passed`: Runflow's own decision, a minimum score from 0 to 1, or both. */
export type Criterion =
	{ passCriterion: 'overall' } | { passCriterion: 'score' | 'both'; minimumScore: number };

/**
 * The verdict on an evaluation. Only a completed evaluation has one; what a criterion needs but the
 * evaluation lacks (a decision that is a boolean, a score from 0 to 1) gives `no_verdict`, unless
 * the other half already fails. A score equal to the minimum passes.
 */
export function verdictOf(evaluation: Evaluation, criterion: Criterion): Verdict {
	if (evaluation.status_code !== 'completed') return 'no_verdict';
	const { overall_passed } = evaluation;
	const overall = typeof overall_passed === 'boolean' ? overall_passed : undefined;
	if (criterion.passCriterion === 'overall') return fromHalves([overall]);

	const rate = scoreOf(evaluation.weighted_pass_rate);
	const score = rate === undefined ? undefined : rate >= criterion.minimumScore;
	return fromHalves(criterion.passCriterion === 'score' ? [score] : [overall, score]);
}

/** A score from 0 to 1; undefined for anything else. */
export function scoreOf(value: unknown): number | undefined {
	return typeof value === 'number' && value >= 0 && value <= 1 ? value : undefined;
}

function fromHalves(halves: Array<boolean | undefined>): Verdict {
	if (halves.includes(false)) return 'not_passed';
	return halves.includes(undefined) ? 'no_verdict' : 'passed';
}
