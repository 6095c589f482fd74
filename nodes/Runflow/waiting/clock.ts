import { sleep } from 'n8n-workflow';

/** Time as the waiting code sees it; the tests give it a clock of their own. */
export interface Clock {
	/** Milliseconds; only differences mean something. */
	now(): number;
	/** Ends after `ms`, or somewhat earlier; never much later than a stop. */
	sleep(ms: number): Promise<void>;
	/** Whether the user stopped the execution. */
	stopped(): boolean;
	/** A number from 0 to 1, for jitter. */
	random(): number;
}

/**
 * The longest time between two looks at the stop signal. n8n's `sleep` takes an abort signal in new
 * versions and ignores it in old ones, so short slices are what works in all of them.
 */
const SLICE_MS = 250;

export function systemClock(signal: AbortSignal | undefined): Clock {
	return {
		now: () => performance.now(),
		sleep: async (ms) => await sleep(Math.max(0, Math.min(ms, SLICE_MS))),
		stopped: () => signal?.aborted === true,
		random: () => Math.random(),
	};
}
