import type { Evaluation } from '../api/types';
import { sumDecimals } from './decimals';
import { verdictOf } from './verdict';
import type { Criterion } from './verdict';

/**
 * One line on a batch for the output pane: counts by verdict, exact cost, time.
 * @param total number of items, evaluated or not
 */
export function summarize(
	evaluations: Evaluation[],
	total: number,
	criterion: Criterion,
	durationMs: number,
): string {
	const verdicts = evaluations.map((evaluation) => verdictOf(evaluation, criterion));
	const count = (verdict: string) => verdicts.filter((each) => each === verdict).length;
	const passed = count('passed');
	const notPassed = count('not_passed');
	const cost = sumDecimals(evaluations.map((evaluation) => evaluation.cost));
	return [
		`${total} evaluations in ${formatDuration(durationMs)}: ${passed} passed`,
		`${notPassed} not passed`,
		`${total - passed - notPassed} without a verdict`,
		`${cost} credits`,
	].join(', ');
}

function formatDuration(ms: number): string {
	const seconds = Math.round(ms / 1_000);
	if (seconds < 60) return `${seconds} s`;
	return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
