import {
	LEAST_WINDOW_ROOM,
	MAX_WINDOW,
	MOST_FINISHES_PER_TRY,
	MOST_ROUNDS_PER_TRY,
	START_WINDOW,
	WINDOW_ROOM_SHARE,
} from '../api/policy';

/**
 * How many evaluations to have under way at once. The account's limit is not documented, so it is
 * found: the window stays somewhat larger than what was accepted until the account says "too many".
 * From then on it holds what was accepted, and one more is tried now and then: after as many have
 * finished as it holds, up to four times as many when that is refused, fewer when it is accepted.
 */
export class CongestionWindow {
	private limit: number;
	private searching: boolean;
	/** The most that were open at once since the last refusal. */
	private proven: number;
	private finishedSinceTry = 0;
	private finishesPerTry: number;

	/** @param known the limit that an earlier batch found */
	constructor(known?: number) {
		this.searching = known === undefined;
		this.limit = known ?? START_WINDOW;
		this.proven = known ?? 0;
		this.finishesPerTry = known ?? 1;
	}

	get size(): number {
		return this.limit;
	}

	/** The limit of the account; undefined while it is still searched for. */
	get found(): number | undefined {
		return this.searching ? undefined : this.limit;
	}

	/** An evaluation was accepted; `open` are known to be now. */
	accepted(open: number): void {
		if (this.searching) {
			const room = Math.max(LEAST_WINDOW_ROOM, Math.ceil(open * WINDOW_ROOM_SHARE));
			this.growTo(open + room);
		} else if (open > this.proven) this.finishesPerTry /= 4;
		this.proven = Math.max(this.proven, open);
	}

	/**
	 * The account refused one more than the `others` under way; `isNew` unless it said so before.
	 * When nothing was under way the account is busy elsewhere, and its limit is still to be found.
	 */
	refused(others: number, isNew: boolean): void {
		this.limit = Math.max(1, Math.min(this.limit, others));
		this.proven = this.limit;
		this.searching = others === 0;
		if (!isNew) return;
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
		this.limit = Math.min(Math.max(this.limit, size), MAX_WINDOW);
	}
}
