import { sleep } from 'n8n-workflow';

import { LONGEST_REST_MS } from '../api/policy';

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

/** n8n's `sleep` takes an abort signal in new versions and ignores it in old ones: it is short. */
export function systemClock(signal: AbortSignal | undefined): Clock {
	return {
		now: () => performance.now(),
		sleep: async (ms) => await sleep(Math.max(0, Math.min(ms, LONGEST_REST_MS))),
		stopped: () => signal?.aborted === true,
		random: () => Math.random(),
	};
}
