const MEMORY = 64;

/** How long the evaluations of this batch took so far, to look again when it is worth it. */
export class Durations {
	private readonly sorted: number[] = [];
	private readonly recent: number[] = [];

	get size(): number {
		return this.sorted.length;
	}

	get longest(): number {
		return this.sorted[this.sorted.length - 1] ?? 0;
	}

	/** Remembers a duration in milliseconds; only the last 64 count. */
	add(durationMs: number): void {
		this.insert(durationMs);
		this.recent.push(durationMs);
		if (this.recent.length > MEMORY) this.remove(this.recent.shift() ?? 0);
	}

	/**
	 * The age at which `share` of the remembered ones that took longer than `elapsedMs` was finished;
	 * undefined when none took longer.
	 */
	momentAfter(elapsedMs: number, share: number): number | undefined {
		const longer = this.sorted.filter((each) => each > elapsedMs);
		return longer[Math.ceil(share * longer.length) - 1];
	}

	private insert(durationMs: number): void {
		const at = this.sorted.findIndex((each) => each > durationMs);
		this.sorted.splice(at === -1 ? this.sorted.length : at, 0, durationMs);
	}

	private remove(durationMs: number): void {
		this.sorted.splice(this.sorted.indexOf(durationMs), 1);
	}
}
