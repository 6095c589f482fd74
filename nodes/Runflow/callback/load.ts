/**
 * Callbacks of one process under way at a time. At the 10 to 60 ms of work that one costs n8n, more
 * would be answered only when their sender has given up.
 */
const MOST_UNDER_WAY = 200;

/** When to deliver again what was not taken, in seconds. */
export const RETRY_AFTER_SECONDS = 5;

/** Counts what is under way, and says when that is too much. */
export class Load {
	private underWay = 0;

	constructor(private readonly most = MOST_UNDER_WAY) {}

	/** Does the work, unless too much is under way: then undefined, at once. */
	async take<T>(work: () => Promise<T>): Promise<T | undefined> {
		if (this.underWay >= this.most) return undefined;
		this.underWay += 1;
		try {
			return await work();
		} finally {
			this.underWay -= 1;
		}
	}
}
