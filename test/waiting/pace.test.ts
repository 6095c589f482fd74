import { RequestPace } from '../../nodes/Runflow/waiting/pace';

/** Sends as fast as the pace allows and returns the number of requests until `endMs`. */
function sendUntil(pace: RequestPace, startMs: number, endMs: number): number {
	let count = 0;
	for (let now = startMs; now < endMs; now = Math.max(pace.readyAt(now), now)) {
		if (pace.readyAt(now) > now) continue;
		pace.take(now);
		count += 1;
	}
	return count;
}

it('sends a dozen at once, then 50 a second', () => {
	const pace = new RequestPace(0);
	expect(sendUntil(pace, 0, 1)).toBe(12);
	expect(sendUntil(pace, 1, 10_000)).toBeLessThanOrEqual(500);
	expect(sendUntil(pace, 10_000, 20_000)).toBeGreaterThan(490);
});

it('does not save up for later', () => {
	const pace = new RequestPace(0);
	expect(sendUntil(pace, 3_600_000, 3_600_001)).toBe(12);
});

it('rests when told to slow down, then goes at half the rate', () => {
	const pace = new RequestPace(0);
	sendUntil(pace, 0, 1_000);
	pace.slowDown(1_000, 4_000);
	expect(pace.readyAt(1_000)).toBe(5_000);
	sendUntil(pace, 5_000, 5_001);
	expect(sendUntil(pace, 5_001, 15_000)).toBeCloseTo(250, -1);
});

it('slows down once for a burst of answers, and further for the next', () => {
	const pace = new RequestPace(0);
	for (let answer = 0; answer < 12; answer++) pace.slowDown(100, 1_000);
	sendUntil(pace, 1_100, 2_000);
	expect(sendUntil(pace, 2_000, 6_000)).toBe(100);
	pace.slowDown(6_000, 1_000);
	expect(sendUntil(pace, 8_000, 12_000)).toBeLessThan(65);
});

it('never stops altogether, and recovers with every good answer', () => {
	const pace = new RequestPace(0);
	for (let second = 0; second < 20; second++) pace.slowDown(second * 1_000, 500);
	sendUntil(pace, 30_000, 40_000);
	expect(sendUntil(pace, 40_000, 50_000)).toBe(10);
	for (let answer = 0; answer < 200; answer++) pace.recover();
	sendUntil(pace, 50_000, 51_000);
	expect(sendUntil(pace, 51_000, 52_000)).toBe(50);
});

it('a rate limit that is used up is a pause, not a slower pace', () => {
	const pace = new RequestPace(0);
	pace.pauseUntil(3_000);
	pace.pauseUntil(2_000);
	expect(pace.readyAt(0)).toBe(3_000);
	sendUntil(pace, 3_000, 4_000);
	expect(sendUntil(pace, 4_000, 5_000)).toBe(50);
});
