import type { EmulatorOptions } from './options';
import { draw, drawNormal } from './random';

/** How long this evaluation will take, before `speed` divides it. */
export function drawLatencyMs({ latency, seed }: EmulatorOptions, id: string): number | 'manual' {
	if (latency === 'manual') return 'manual';
	const { minMs } = latency;
	switch (latency.distribution) {
		case 'fixed':
			return minMs;
		case 'uniform':
			return minMs + draw(seed, 'latency', id) * (latency.maxMs - minMs);
		case 'lognormal': {
			const factor = Math.exp(latency.sigma * drawNormal(seed, 'latency', id));
			return Math.min(latency.maxMs, Math.max(minMs, latency.medianMs * factor));
		}
	}
}
