const START_SIZE = 8;
const MAX_SIZE = 1_000;

/**
 * How many evaluations to have under way at once. The account's limit is not documented, so it is
 * found: the window grows with every acceptance until the account says "too many"; from then on it
 * holds what was accepted and tries one more only now and then, more rarely each time it is refused.
 */
export class InFlightWindow {
	private limit = START_SIZE;
	private refusedBefore = false;
	private finishedSinceTry = 0;
	private finishesPerTry = START_SIZE;

	get size(): number {
		return this.limit;
	}

	/** An evaluation was accepted while `open` were under way, itself included. */
	accepted(open: number): void {
		if (!this.refusedBefore) this.grow();
		else if (open >= this.limit) this.finishesPerTry = this.limit;
	}

	/** The account refused one more while `open` were under way; `news` unless it said so before. */
	refused(open: number, news: boolean): void {
		this.limit = Math.max(1, open);
		if (!news) return;
		this.finishesPerTry = Math.max(open, this.finishesPerTry * (this.refusedBefore ? 2 : 1));
		this.refusedBefore = true;
		this.finishedSinceTry = 0;
	}

	/** An evaluation finished: after enough of them it is worth trying one more than before. */
	finished(): void {
		if (!this.refusedBefore) return;
		this.finishedSinceTry += 1;
		if (this.finishedSinceTry < this.finishesPerTry) return;
		this.finishedSinceTry = 0;
		this.grow();
	}

	private grow(): void {
		this.limit = Math.min(this.limit + 1, MAX_SIZE);
	}
}
