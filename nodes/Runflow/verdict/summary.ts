import { sumDecimals } from './decimals';
import type { Evaluation } from '../api/types';
import { reasonFor } from './reason';
import { scoreOf } from './verdict';
import type { Criterion, Verdict } from './verdict';

const NAMES: Record<Verdict, string> = {
	passed: 'Passed',
	not_passed: 'Not passed',
	no_verdict: 'No verdict',
};

/**
 * One line on a batch for the output pane: counts by verdict, exact cost, time.
 * @param judged verdict and cost, as the API gave it, of every evaluation that was finished
 * @param total number of evaluations, finished or not
 */
export function summarize(
	judged: Array<{ verdict: Verdict; cost: unknown }>,
	total: number,
	durationMs: number,
): string {
	const count = (verdict: Verdict) => judged.filter((each) => each.verdict === verdict).length;
	const passed = count('passed');
	const notPassed = count('not_passed');
	return [
		`${total} ${total === 1 ? 'evaluation' : 'evaluations'} in ${formatDuration(durationMs)}: ${passed} passed`,
		`${notPassed} not passed`,
		`${total - passed - notPassed} without a verdict`,
		`${sumDecimals(judged.map(({ cost }) => cost))} credits`,
	].join(', ');
}

/** One line on one evaluation, for where its item is not seen: verdict, reason, score and cost. */
export function describeOne({
	evaluation,
	criterion,
	verdict,
	cost,
}: {
	evaluation: Evaluation;
	criterion: Criterion;
	verdict: Verdict;
	cost: unknown;
}): string {
	// n8n shows such a line as HTML.
	const reason = reasonFor(evaluation, criterion, false)?.replace(/[<>]/g, '').slice(0, 200);
	const score = scoreOf(evaluation.weighted_pass_rate);
	const judged = `${NAMES[verdict]}${reason ? `: ${reason}` : ''}`;
	const rated = score === undefined ? judged : `${judged} (${score.toFixed(2)})`;
	return `${rated}. ${sumDecimals([cost])} credits`;
}

function formatDuration(ms: number): string {
	const seconds = Math.round(ms / 1_000);
	if (seconds < 60) return `${seconds} s`;
	return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
