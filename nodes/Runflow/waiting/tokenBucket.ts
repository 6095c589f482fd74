import { BURST, MIN_REQUESTS_PER_SECOND, RATE_RECOVERY, REQUESTS_PER_SECOND } from '../api/policy';

/** Bounds the rate of requests, whatever the size of the batch; slows down when told to. */
export class TokenBucket {
	private perSecond: number;
	private tokens: number;
	private pausedTo = -Infinity;

	constructor(
		private at: number,
		private readonly fullRate = REQUESTS_PER_SECOND,
		private readonly burst = BURST,
	) {
		this.perSecond = fullRate;
		this.tokens = burst;
	}

	/** Until when nothing at all goes out. */
	get pausedUntil(): number {
		return this.pausedTo;
	}

	/** When the next request may go out. */
	readyAt(now: number): number {
		this.refill(now);
		const missing = Math.max(0, 1 - this.tokens);
		return Math.max(this.pausedTo, now + (missing / this.perSecond) * 1_000);
	}

	/** A request goes out now. */
	take(now: number): void {
		this.refill(now);
		this.tokens -= 1;
	}

	/** The API said "too many requests": a pause, and half the rate unless it is paused already. */
	slowDown(now: number, pauseMs: number): void {
		const isKnown = now < this.pausedTo;
		if (!isKnown) this.perSecond = Math.max(MIN_REQUESTS_PER_SECOND, this.perSecond / 2);
		this.pauseUntil(now + pauseMs);
	}

	pauseUntil(moment: number): void {
		this.pausedTo = Math.max(this.pausedTo, moment);
	}

	/** The API answered as usual: slowly back to the full rate. */
	recover(): void {
		this.perSecond = Math.min(this.fullRate, this.perSecond * RATE_RECOVERY);
	}

	private refill(now: number): void {
		const earned = ((now - this.at) / 1_000) * this.perSecond;
		this.tokens = Math.min(this.burst, this.tokens + Math.max(0, earned));
		this.at = Math.max(this.at, now);
	}
}
