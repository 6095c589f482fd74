import { systemTimer, within } from './timer';
import type { Timer } from './timer';

/** How many callbacks one process handles. */
export interface Limits {
	/** At a time … */
	atOnce: number;
	/** … but so many for each account, whatever the others do. */
	ownPlaces: number;
	/** Callbacks of one account that wait for a place. */
	longestLine: number;
	/** For how long they wait. */
	patienceMs: number;
	/** How long one keeps its place, whatever it waits for. */
	placeMs: number;
}

/**
 * Of a trigger. Each callback costs n8n 10 to 60 ms of work: with many more at a time all would pass
 * the time limit of their look-up, and none would be answered. Senders wait a few seconds, the
 * look-up included.
 */
export const TRIGGER_LIMITS: Limits = {
	atOnce: 32,
	ownPlaces: 4,
	longestLine: 200,
	patienceMs: 2_500,
	placeMs: 5_000,
};

/**
 * Of parked executions. n8n has done most of its work for a callback before it gets here, so it is
 * worth waiting for: one whose sender has left makes its execution go on as well.
 */
export const PARKED_LIMITS: Limits = {
	atOnce: 10,
	ownPlaces: 2,
	longestLine: 200,
	patienceMs: 120_000,
	placeMs: 15_000,
};

/** When to deliver again what was not taken, in seconds. */
export const RETRY_AFTER_SECONDS = 5;

/** What became of some work: `full` before it began, `late` when it had not ended in time. */
export type Turn<T> = { kind: 'done'; value: T } | { kind: 'full' } | { kind: 'late' };

interface InLine {
	account: string;
	until: number;
	call: (hasPlace: boolean) => void;
}

/**
 * Lets in so much work at a time, keeps some waiting, and sends the rest away. Whatever the work
 * waits for, its place is free again in time; and no account has to wait for another one's API.
 */
export class Load {
	private readonly underWay = new Map<string, number>();
	private readonly line = new Set<InLine>();

	/** @param isClosed all wait in line until it is opened */
	constructor(
		private readonly limits: Limits,
		private readonly timer: Timer = systemTimer,
		private isClosed = false,
	) {}

	/** Lets in who waits in line. */
	open(): void {
		this.isClosed = false;
		this.letIn();
	}

	/** @param work its signal is aborted when its place is given up */
	async take<T>(account: string, work: (signal: AbortSignal) => Promise<T>): Promise<Turn<T>> {
		if (!(await this.getsPlace(account))) return { kind: 'full' };
		try {
			const done = await within(this.limits.placeMs, this.timer, async (signal) => ({
				value: await work(signal),
			}));
			return done === undefined ? { kind: 'late' } : { kind: 'done', ...done };
		} finally {
			this.leave(account);
		}
	}

	private async getsPlace(account: string): Promise<boolean> {
		if (this.enter(account)) return true;
		const { longestLine, patienceMs } = this.limits;
		const before = [...this.line].filter((each) => each.account === account);
		if (before.length >= longestLine) return false;
		const until = this.timer.now() + patienceMs;
		return await new Promise((call) => {
			const waiting = { account, until, call };
			this.line.add(waiting);
			void this.expire(waiting);
		});
	}

	private async expire(waiting: InLine): Promise<void> {
		for (let leftMs = this.limits.patienceMs; leftMs > 0 && this.line.has(waiting);) {
			await this.timer.sleep(leftMs);
			leftMs = waiting.until - this.timer.now();
		}
		if (this.line.delete(waiting)) waiting.call(false);
	}

	/** Takes a place if there is one. */
	private enter(account: string): boolean {
		const own = this.placesOf(account);
		const all = [...this.underWay.values()].reduce((sum, places) => sum + places, 0);
		if (this.isClosed) return false;
		if (all >= this.limits.atOnce && own >= this.limits.ownPlaces) return false;
		this.underWay.set(account, own + 1);
		return true;
	}

	private leave(account: string): void {
		const left = this.placesOf(account) - 1;
		if (left > 0) this.underWay.set(account, left);
		else this.underWay.delete(account);
		this.letIn();
	}

	private letIn(): void {
		for (let next = this.next(); next !== undefined; next = this.next()) {
			if (!this.enter(next.account)) return;
			this.line.delete(next);
			next.call(true);
		}
	}

	/** Who has waited longest of the account that has the fewest places; who waits too long leaves by itself. */
	private next(): InLine | undefined {
		const now = this.timer.now();
		let next: InLine | undefined;
		for (const each of this.line) {
			const isBefore =
				next === undefined || this.placesOf(each.account) < this.placesOf(next.account);
			if (isBefore && now < each.until) next = each;
		}
		return next;
	}

	private placesOf(account: string): number {
		return this.underWay.get(account) ?? 0;
	}
}
