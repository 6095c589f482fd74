/** Attempts for one request, the first included: the number in Runflow's documentation. */
export const MAX_ATTEMPTS = 5;

const FIRST_BACKOFF_MS = 1_000;
const MAX_BACKOFF_MS = 32_000;
const MAX_RETRY_AFTER_MS = 120_000;

/**
 * Milliseconds to wait before trying again: what the API asked for when that is sane, else
 * exponential from 1 s to 32 s; both with up to 1 s of jitter, as Runflow's documentation advises.
 * @param failures how many attempts have failed so far, 1 or more
 * @param random a number from 0 to 1
 */
export function backoffMs(failures: number, random: number, retryAfterMs?: number): number {
	const asked = retryAfterMs !== undefined && retryAfterMs <= MAX_RETRY_AFTER_MS;
	const wait = asked
		? retryAfterMs
		: Math.min(FIRST_BACKOFF_MS * 2 ** (failures - 1), MAX_BACKOFF_MS);
	return wait + random * FIRST_BACKOFF_MS;
}

/** Reads `Retry-After`, in seconds or as a date, into milliseconds; undefined when absent or absurd. */
export function readRetryAfterMs(value: unknown, nowMs: number): number | undefined {
	if (typeof value !== 'string' || value.trim() === '') return undefined;
	const seconds = Number(value);
	const ms = Number.isNaN(seconds) ? Date.parse(value) - nowMs : seconds * 1_000;
	return ms >= 0 ? ms : undefined;
}

/**
 * Milliseconds to hold back when the API says that its rate limit is used up.
 * `X-RateLimit-Reset` may be seconds from now or a point in time: both are read.
 */
export function readRateLimitPauseMs(
	headers: Record<string, unknown>,
	nowMs: number,
): number | undefined {
	if (headers['x-ratelimit-remaining'] !== '0') return undefined;
	const reset = Number(headers['x-ratelimit-reset']);
	const ms = reset > 1_000_000_000 ? reset * 1_000 - nowMs : reset * 1_000;
	return ms > 0 && ms <= MAX_RETRY_AFTER_MS ? ms : undefined;
}
