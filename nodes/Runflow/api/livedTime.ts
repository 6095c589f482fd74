import { MOST_MS_PER_SLICE, MOST_STANDSTILL_MS } from './policy';

/**
 * Time limits count the time in which this process lived. One that stands still (a paused container,
 * a frozen machine) comes back to answers that are there and to timers that are all over, and timers
 * run first. Standstills do not count, up to a sum: nothing that is bounded goes on for ever.
 */
export class LivedTime {
	private ignoredMs = 0;

	/**
	 * How much of the time since the last turn counts, in milliseconds.
	 * @param passedMs by the clock
	 */
	count(passedMs: number): number {
		const stoodStillMs = Math.max(0, passedMs - MOST_MS_PER_SLICE);
		const ignoredMs = Math.min(stoodStillMs, MOST_STANDSTILL_MS - this.ignoredMs);
		this.ignoredMs += ignoredMs;
		return passedMs - ignoredMs;
	}
}
