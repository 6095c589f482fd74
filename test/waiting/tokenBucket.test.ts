import { TokenBucket } from '../../nodes/Runflow/waiting/tokenBucket';

const START = 7_000;

/** Sends as fast as the bucket allows and returns the number of requests until `endMs`. */
function sendUntil(bucket: TokenBucket, startMs: number, endMs: number): number {
	let count = 0;
	for (let now = startMs; now < endMs; now = Math.max(bucket.readyAt(now), now)) {
		if (bucket.readyAt(now) > now) continue;
		bucket.take(now);
		count += 1;
	}
	return count;
}

it('sends 49 in the busiest second', () => {
	const bucket = new TokenBucket(START);
	expect(sendUntil(bucket, START, START + 1)).toBe(3);
	expect(3 + sendUntil(bucket, START + 1, START + 1_000)).toBeLessThanOrEqual(49);
	expect(sendUntil(bucket, START + 1_000, START + 11_000)).toBe(460);
});

it('does not save up for later', () => {
	const bucket = new TokenBucket(0);
	expect(sendUntil(bucket, 3_600_000, 3_600_001)).toBe(3);
});

it('rests when told to slow down, then goes at half the rate', () => {
	const bucket = new TokenBucket(0);
	sendUntil(bucket, 0, 1_000);
	bucket.slowDown(1_000, 4_000);
	expect(bucket.readyAt(1_000)).toBe(5_000);
	sendUntil(bucket, 5_000, 5_001);
	expect(sendUntil(bucket, 5_001, 15_000)).toBeCloseTo(230, -1);
});

it('slows down once for a burst of answers, and further for the next', () => {
	const bucket = new TokenBucket(0);
	for (let answer = 0; answer < 12; answer++) bucket.slowDown(100, 1_000);
	sendUntil(bucket, 1_100, 2_000);
	expect(sendUntil(bucket, 2_000, 6_000)).toBe(92);
	bucket.slowDown(6_000, 1_000);
	expect(sendUntil(bucket, 8_000, 12_000)).toBeLessThan(65);
});

it('never stops altogether, and recovers with every good answer', () => {
	const bucket = new TokenBucket(0);
	for (let second = 0; second < 20; second++) bucket.slowDown(second * 1_000, 500);
	sendUntil(bucket, 30_000, 40_000);
	expect(sendUntil(bucket, 40_000, 50_000)).toBe(10);
	for (let answer = 0; answer < 200; answer++) bucket.recover();
	sendUntil(bucket, 50_000, 51_000);
	expect(sendUntil(bucket, 51_000, 52_000)).toBe(46);
});

it('a rate limit that is used up is a pause, not a slower bucket', () => {
	const bucket = new TokenBucket(0);
	bucket.pauseUntil(3_000);
	bucket.pauseUntil(2_000);
	expect(bucket.readyAt(0)).toBe(3_000);
	sendUntil(bucket, 3_000, 4_000);
	expect(sendUntil(bucket, 4_000, 5_000)).toBe(46);
});
