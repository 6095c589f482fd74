const MEMORY = 64;
const TENTHS = 10;

/** How long the evaluations of this batch took so far, to look again when it is worth it. */
export class Durations {
	private readonly sorted: number[] = [];
	private readonly recent: number[] = [];

	get size(): number {
		return this.sorted.length;
	}

	/** Remembers a duration in milliseconds; only the last 64 count. */
	add(durationMs: number): void {
		this.insert(durationMs);
		this.recent.push(durationMs);
		if (this.recent.length > MEMORY) this.remove(this.recent.shift() ?? 0);
	}

	/** The moment after `elapsedMs` by which another tenth of the remembered ones was finished. */
	nextTenthAfter(elapsedMs: number): number | undefined {
		for (let tenth = 1; tenth <= TENTHS; tenth++) {
			const at = Math.ceil((tenth / TENTHS) * this.sorted.length) - 1;
			const moment = this.sorted[at];
			if (moment !== undefined && moment > elapsedMs) return moment;
		}
		return undefined;
	}

	private insert(durationMs: number): void {
		const at = this.sorted.findIndex((each) => each > durationMs);
		this.sorted.splice(at === -1 ? this.sorted.length : at, 0, durationMs);
	}

	private remove(durationMs: number): void {
		this.sorted.splice(this.sorted.indexOf(durationMs), 1);
	}
}
