import { MAX_RATE_LIMIT_PAUSE_MS } from './policy';

/** How far the clock of the answer's `Date` is ahead of `nowMs`, in milliseconds; undefined without one. */
export function readClockAheadMs(date: unknown, nowMs: number): number | undefined {
	const ms = typeof date === 'string' ? Date.parse(date) - nowMs : NaN;
	return Number.isNaN(ms) ? undefined : ms;
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
	return ms > 0 && ms <= MAX_RATE_LIMIT_PAUSE_MS ? ms : undefined;
}
