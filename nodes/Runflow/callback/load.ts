/**
 * Callbacks that one process handles at a time. Each costs n8n 10 to 60 ms of work: with many more,
 * all would pass the time limit of their look-up, and none would be answered.
 */
const AT_ONCE = 32;

/** Callbacks that wait for their turn. */
const LONGEST_LINE = 200;

/** Senders wait a few seconds, the look-up included: who waited longer for a turn is sent away. */
const PATIENCE_MS = 2_500;

/** When to deliver again what was not taken, in seconds. */
export const RETRY_AFTER_SECONDS = 5;

interface Limits {
	atOnce: number;
	longestLine: number;
	patienceMs: number;
}

const LIMITS: Limits = { atOnce: AT_ONCE, longestLine: LONGEST_LINE, patienceMs: PATIENCE_MS };

/** Lets in so much work at a time, keeps some waiting, and sends the rest away. */
export class Load {
	private underWay = 0;
	private readonly line: Array<() => void> = [];

	/** @param now milliseconds */
	constructor(
		private readonly limits = LIMITS,
		private readonly now: () => number = Date.now,
	) {}

	/** Does the work, or gives undefined when there is too much. */
	async take<T>(work: () => Promise<T>): Promise<T | undefined> {
		const { atOnce, longestLine, patienceMs } = this.limits;
		const since = this.now();
		if (this.underWay < atOnce) this.underWay += 1;
		else if (this.line.length >= longestLine) return undefined;
		else await new Promise<void>((resolve) => this.line.push(resolve));
		try {
			return this.now() - since > patienceMs ? undefined : await work();
		} finally {
			this.passOn();
		}
	}

	/** Whose turn it is takes the place of the one that ended. */
	private passOn(): void {
		const next = this.line.shift();
		if (next === undefined) this.underWay -= 1;
		else next();
	}
}
