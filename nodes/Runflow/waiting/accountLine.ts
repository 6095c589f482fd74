import {
	LINE_WAIT_FACTOR,
	LINE_WAIT_MARGIN_MS,
	OPEN_PER_RUNNING,
	START_WINDOW,
} from '../api/policy';

/**
 * Whether the account accepts more than it works on. It does when an evaluation is pending far
 * longer than the first ones were; then it is enough to have twice as many open as it works on.
 */
export class AccountLine {
	private shortestWaitMs = Infinity;
	private mostWorkedOn = 0;

	/** An evaluation was seen to have left the line at this age. */
	started(ageMs: number, workedOn: number): void {
		this.shortestWaitMs = Math.min(this.shortestWaitMs, ageMs);
		this.mostWorkedOn = Math.max(this.mostWorkedOn, workedOn);
	}

	/**
	 * How many to have open at most when one was seen in line at this age; undefined when that is
	 * no sign of a line.
	 */
	windowFor(ageMs: number): number | undefined {
		const usualMs = LINE_WAIT_FACTOR * this.shortestWaitMs + LINE_WAIT_MARGIN_MS;
		if (this.mostWorkedOn === 0 || ageMs <= usualMs) return undefined;
		return Math.max(START_WINDOW, OPEN_PER_RUNNING * this.mostWorkedOn);
	}
}
