import { sumDecimals } from './decimals';
import type { Verdict } from './verdict';

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

function formatDuration(ms: number): string {
	const seconds = Math.round(ms / 1_000);
	if (seconds < 60) return `${seconds} s`;
	return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
