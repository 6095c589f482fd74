import { sleep } from 'n8n-workflow';

import { MOST_MS_PER_TURN, SEARCH_TURN_MS } from '../api/policy';

/** Time as the receiver of callbacks sees it; the tests give it one of their own. */
export interface Timer {
	/** Milliseconds; only differences mean something. */
	now(): number;
	/** Ends after `ms`, or somewhat earlier. */
	sleep(ms: number): Promise<void>;
}

export const systemTimer: Timer = {
	now: () => performance.now(),
	sleep: async (ms) => await sleep(Math.max(0, Math.min(ms, SEARCH_TURN_MS))),
};

/**
 * What the work gives, or undefined when it takes longer than `ms` of the time that this process had
 * for it: an answer that waits in a process that is late is not thrown away. The signal is aborted
 * when the work is over, one way or the other.
 */
export async function within<T extends NonNullable<unknown>>(
	ms: number,
	timer: Timer,
	work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
	const over = new AbortController();
	const result = work(over.signal);
	// Nobody hears of what goes wrong after the time is up.
	result.catch(() => {});
	try {
		return await Promise.race([result, timeUp(ms, timer, over.signal)]);
	} finally {
		over.abort();
	}
}

async function timeUp(ms: number, timer: Timer, over: AbortSignal): Promise<undefined> {
	for (let leftMs = ms; leftMs > 0 && !over.aborted;) {
		const since = timer.now();
		await timer.sleep(Math.min(leftMs, SEARCH_TURN_MS));
		leftMs -= Math.min(timer.now() - since, MOST_MS_PER_TURN);
	}
	return undefined;
}
