import { tooMany } from './apiError';
import type { EmulatorOptions } from './options';

interface Bucket {
	tokens: number;
	filledAt: number;
}

/** A token bucket per organization. */
export class RateLimit {
	private readonly buckets = new Map<string, Bucket>();

	constructor(private readonly options: EmulatorOptions) {}

	/** Takes one token; returns the headers to send along, or throws the 429. */
	take(organization: string): Record<string, string> {
		const { rateLimitPerSecond: perSecond, rateLimitHeaders } = this.options;
		if (perSecond === null) return {};
		const burst = this.options.rateLimitBurst ?? Math.max(1, perSecond);
		const bucket = this.refill(organization, perSecond, burst);
		const refused = bucket.tokens < 1;
		if (!refused) bucket.tokens -= 1;
		const headers: Record<string, string> = rateLimitHeaders
			? {
					'x-ratelimit-limit': String(perSecond),
					'x-ratelimit-remaining': String(Math.floor(bucket.tokens)),
					'x-ratelimit-reset': String(Math.ceil((burst - bucket.tokens) / perSecond)),
				}
			: {};
		if (!refused) return headers;
		const error = tooMany('RATE_LIMITED', 'Too many requests. Slow down.', this.options);
		Object.assign(error.headers, headers);
		throw error;
	}

	reset(): void {
		this.buckets.clear();
	}

	private refill(organization: string, perSecond: number, burst: number): Bucket {
		const now = performance.now();
		const bucket = this.buckets.get(organization) ?? { tokens: burst, filledAt: now };
		const gained = ((now - bucket.filledAt) / 1000) * perSecond;
		bucket.tokens = Math.min(burst, bucket.tokens + gained);
		bucket.filledAt = now;
		this.buckets.set(organization, bucket);
		return bucket;
	}
}
