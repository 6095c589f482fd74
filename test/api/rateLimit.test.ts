import { readRateLimitPauseMs, readRetryAfterMs } from '../../nodes/Runflow/api/rateLimit';

const NOW = Date.UTC(2026, 6, 1, 10, 0, 0);

it.each([
	['7', 7_000],
	['0', 0],
	['1.5', 1_500],
	['Wed, 01 Jul 2026 10:00:30 GMT', 30_000],
	['Wed, 01 Jul 2026 09:59:30 GMT', undefined],
	['-3', undefined],
	['', undefined],
	[' ', undefined],
	['soon', undefined],
	[undefined, undefined],
	[['7'], undefined],
])('reads Retry-After %p as %p ms', (value, expected) => {
	expect(readRetryAfterMs(value, NOW)).toBe(expected);
});

it.each([
	['none left, seconds to go', '0', '3', 3_000],
	['none left, a moment', '0', String(NOW / 1_000 + 5), 5_000],
	['none left, a moment that has passed', '0', String(NOW / 1_000 - 5), undefined],
	['none left, absurdly long', '0', '86400', undefined],
	['none left, no reset', '0', undefined, undefined],
	['none left, nonsense', '0', 'later', undefined],
	['some left', '12', '3', undefined],
	['no such headers', undefined, undefined, undefined],
])('reads the rate limit headers: %s', (_name, remaining, reset, expected) => {
	const headers = { 'x-ratelimit-remaining': remaining, 'x-ratelimit-reset': reset };
	expect(readRateLimitPauseMs(headers, NOW)).toBe(expected);
});
