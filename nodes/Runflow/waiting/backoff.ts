import { FIRST_BACKOFF_MS, MAX_ATTEMPTS, MAX_BACKOFF_MS } from '../api/policy';

/**
 * Milliseconds to wait before trying again: what the API asked for, else exponential from 1 s to
 * 32 s; both with up to 1 s of jitter, as Runflow's documentation advises. After five failures what
 * it asks for is the least. Whoever waits has a deadline besides: nothing bounds the API's wish.
 * @param failures how many attempts have failed so far, 1 or more
 * @param random a number from 0 to 1
 */
export function backoffMs(failures: number, random: number, retryAfterMs?: number): number {
	const growing = Math.min(FIRST_BACKOFF_MS * 2 ** (failures - 1), MAX_BACKOFF_MS);
	const asked = failures > MAX_ATTEMPTS ? Math.max(growing, retryAfterMs ?? 0) : retryAfterMs;
	return (asked ?? growing) + random * FIRST_BACKOFF_MS;
}
