const START_SIZE = 8;
const MAX_SIZE = 1_000;
const LEAST_ROOM = 4;
const ROOM_SHARE = 0.2;
const MOST_ROUNDS_PER_TRY = 4;
const MOST_FINISHES_PER_TRY = 10;

/**
 * How many evaluations to have under way at once. The account's limit is not documented, so it is
 * found: the window stays somewhat larger than what was accepted until the account says "too many".
 * From then on it holds what was accepted, and one more is tried now and then: after as many have
 * finished as it holds, up to four times as many when that is refused, fewer when it is accepted.
 */
export class InFlightWindow {
	private limit = START_SIZE;
	private searching = true;
	/** The most that were open at once since the last refusal. */
	private proven = 0;
	private finishedSinceTry = 0;
	private finishesPerTry = 1;

	get size(): number {
		return this.limit;
	}

	/** An evaluation was accepted; `open` are known to be now. */
	accepted(open: number): void {
		if (this.searching) {
			const room = Math.max(LEAST_ROOM, Math.ceil(open * ROOM_SHARE));
			this.growTo(open + room);
		} else if (open > this.proven) this.finishesPerTry /= 4;
		this.proven = Math.max(this.proven, open);
	}

	/**
	 * The account refused one more than the `besides` under way; `news` unless it said so before.
	 * When nothing was under way the account is busy elsewhere, and its limit is still to be found.
	 */
	refused(besides: number, news: boolean): void {
		this.limit = Math.max(1, Math.min(this.limit, besides));
		this.proven = this.limit;
		this.searching = besides === 0;
		if (!news) return;
		const patience = Math.max(this.limit, this.finishesPerTry * 2);
		const most = Math.max(this.limit * MOST_ROUNDS_PER_TRY, MOST_FINISHES_PER_TRY);
		this.finishesPerTry = Math.min(patience, most);
		this.finishedSinceTry = 0;
	}

	/** An evaluation finished: after enough of them it is worth trying one more than before. */
	finished(): void {
		if (this.searching) return;
		this.finishedSinceTry += 1;
		if (this.finishedSinceTry < this.finishesPerTry) return;
		this.finishedSinceTry = 0;
		this.growTo(this.limit + 1);
	}

	private growTo(size: number): void {
		this.limit = Math.min(Math.max(this.limit, size), MAX_SIZE);
	}
}
