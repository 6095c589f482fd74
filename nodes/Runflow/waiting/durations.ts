import { DURATIONS_REMEMBERED } from '../api/policy';
import { firstAfter } from './sorted';

/** How long the evaluations of this batch took so far, to look again when it is worth it. */
export class Durations {
	/** How many are of this batch itself. */
	own = 0;
	private readonly sorted: number[] = [];
	private readonly latest: number[] = [];

	/** @param remembered milliseconds from an earlier batch */
	constructor(remembered: readonly number[] = []) {
		for (const durationMs of remembered) this.insert(durationMs);
	}

	get size(): number {
		return this.sorted.length;
	}

	get longest(): number {
		return this.sorted[this.sorted.length - 1] ?? 0;
	}

	/** In the order in which they were added. */
	get remembered(): number[] {
		return [...this.latest];
	}

	/** Remembers a duration in milliseconds; only the last 64 count. */
	add(durationMs: number): void {
		this.own += 1;
		this.insert(durationMs);
	}

	/**
	 * The age at which `share` of the remembered ones that took longer than `elapsedMs` was finished;
	 * undefined when none took longer.
	 */
	momentAfter(elapsedMs: number, share: number): number | undefined {
		const first = this.placeAfter(elapsedMs);
		const longer = this.sorted.length - first;
		return longer === 0 ? undefined : this.sorted[first + Math.ceil(share * longer) - 1];
	}

	private insert(durationMs: number): void {
		this.sorted.splice(this.placeAfter(durationMs), 0, durationMs);
		this.latest.push(durationMs);
		if (this.latest.length > DURATIONS_REMEMBERED) {
			this.sorted.splice(this.sorted.indexOf(this.latest.shift() ?? 0), 1);
		}
	}

	private placeAfter(durationMs: number): number {
		return firstAfter(this.sorted, (each) => each > durationMs);
	}
}
