import { backoffMs } from '../../nodes/Runflow/waiting/backoff';

describe('the pause before another attempt', () => {
	it('doubles from 1 s to 32 s, with up to 1 s of jitter', () => {
		const without = [1, 2, 3, 4, 5, 6, 7].map((failures) => backoffMs(failures, 0));
		expect(without).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 32_000]);
		expect(backoffMs(1, 1)).toBe(2_000);
	});

	it.each([
		[0, 0],
		[7_000, 7_000],
		[3_600_000, 3_600_000],
		[undefined, 4_000],
	])('with a Retry-After of %p ms is %p ms', (retryAfterMs, expected) => {
		expect(backoffMs(3, 0, retryAfterMs)).toBe(expected);
	});
});
