import { START_WINDOW } from '../api/policy';
import type { ApiFailure } from '../api/attempt';
import { backoffMs } from './backoff';
import type { BatchOptions } from './batch';
import type { Clock } from './clock';
import { CongestionWindow } from './congestionWindow';
import type { QueuedTask, Submitting } from './tasks';

/** What is still to be submitted, and whether the account takes more right now. */
export class SubmitQueue {
	/** The account's last refusal, unless it has accepted something since. */
	refusal: ApiFailure | undefined;
	private readonly tasks: QueuedTask[];
	private readonly window: CongestionWindow;
	private pausedUntil = -Infinity;
	private refusedAt = -Infinity;
	private refusalsInRow = 0;
	/** How many to send together when nobody watches for verdicts: one more for each that is accepted. */
	private atOnce = START_WINDOW;
	/** When the account last accepted or finished something of this batch. */
	private movedAt: number;
	/** When the account last finished something of this batch. */
	finishedAt = -Infinity;

	constructor(
		tasks: QueuedTask[],
		private readonly options: BatchOptions,
		private readonly clock: Clock,
	) {
		this.tasks = [...tasks].reverse();
		this.window = new CongestionWindow(options.memory?.inFlightLimit);
		this.movedAt = clock.now();
	}

	/** When the next one may be submitted; infinite while the window is full or nothing is left. */
	readyAt(underWay: number): number {
		if (this.isEmpty || this.isFull(underWay)) return Infinity;
		return this.pausedUntil;
	}

	get isEmpty(): boolean {
		return this.tasks.length === 0;
	}

	/** How many evaluations the account takes at once, as far as it is found. */
	get foundLimit(): number | undefined {
		return this.window.found;
	}

	take(): QueuedTask | undefined {
		return this.tasks.pop();
	}

	accepted(open: number): void {
		this.refusal = undefined;
		this.refusalsInRow = 0;
		this.atOnce += 1;
		this.movedAt = this.clock.now();
		this.window.accepted(open);
	}

	finished(): void {
		this.finishedAt = this.movedAt = this.clock.now();
		this.window.finished();
	}

	/** The account accepts more than it works on: no more than so many are worth having open. */
	lined(size: number): void {
		if (this.window.size > size) this.window.refused(size, true);
	}

	/**
	 * The account took no more (429) while `underWay` others were: the task goes back in line.
	 * Answers to requests that were sent before the last refusal tell nothing new.
	 * @returns how long nothing is to be submitted, in milliseconds
	 */
	refused(task: QueuedTask, failure: ApiFailure, underWay: number, sent: SentSubmit): number {
		const now = this.clock.now();
		const isNew = sent.triedAt >= this.refusedAt;
		this.tasks.push(task);
		this.refusal = failure;
		this.atOnce = 1;
		this.window.refused(Math.max(sent.others, underWay), isNew);
		if (!isNew) return 0;
		this.refusedAt = now;
		this.refusalsInRow += 1;
		const pauseMs = backoffMs(this.refusalsInRow, this.clock.random(), failure.retryAfterMs);
		const isWatching = this.options.until !== 'accepted' && underWay > 0;
		const finishWillTell = isWatching && failure.retryAfterMs === undefined;
		if (!finishWillTell || isRateLimit(failure)) {
			this.pausedUntil = Math.max(this.pausedUntil, now + pauseMs);
		}
		return pauseMs;
	}

	/**
	 * When waiting for the account to take more has become pointless: nothing is under way, nothing
	 * can be sent, and nothing has moved for the whole timeout.
	 */
	givesUpAt(underWay: number, pausedUntil: number): number {
		const isBlocked = Math.max(this.pausedUntil, pausedUntil) > this.clock.now();
		if (this.isEmpty || underWay > 0 || !isBlocked) return Infinity;
		return this.movedAt + this.options.timeoutMs;
	}

	/** Empties the line: these will not be submitted. */
	close(): QueuedTask[] {
		return this.tasks.splice(0);
	}

	private isFull(underWay: number): boolean {
		return underWay >= (this.options.until === 'accepted' ? this.atOnce : this.window.size);
	}
}

/** When a submit was sent, and how many evaluations were under way besides it. */
export type SentSubmit = Pick<Submitting, 'triedAt' | 'others'>;

/** The same status stands for "too many requests" and "too many under way"; this code for the first. */
export function isRateLimit(failure: ApiFailure): boolean {
	return failure.code === 'RATE_LIMITED';
}
