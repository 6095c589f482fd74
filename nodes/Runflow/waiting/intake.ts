import { backoffMs, MAX_ATTEMPTS } from '../api/backoff';
import type { ApiFailure } from '../api/attempt';
import type { BatchOptions, Task } from './batch';
import type { Clock } from './clock';
import { InFlightWindow } from './window';

/** When a submit was sent, and how many evaluations were under way besides. */
export interface Sent {
	at: number;
	besides: number;
}

/** What is still to be submitted, and whether the account takes more right now. */
export class Intake {
	/** Whether the account took anything of this batch. */
	acceptedAny = false;
	private readonly queue: Task[];
	private readonly window = new InFlightWindow();
	private pausedUntil = -Infinity;
	private refusedAt = -Infinity;
	private refusalsInRow = 0;
	/** How many to send together when nobody watches for verdicts: one after a refusal, then more. */
	private atOnce = Infinity;
	private movedAt: number;

	constructor(
		tasks: Task[],
		private readonly options: BatchOptions,
		private readonly clock: Clock,
	) {
		this.queue = [...tasks].reverse();
		this.movedAt = clock.now();
	}

	/** When the next one may be submitted; infinite while the window is full or nothing is left. */
	readyAt(underWay: number): number {
		if (this.queue.length === 0 || this.isFull(underWay)) return Infinity;
		return this.pausedUntil;
	}

	get isEmpty(): boolean {
		return this.queue.length === 0;
	}

	take(): Task | undefined {
		return this.queue.pop();
	}

	accepted(open: number): void {
		this.acceptedAny = true;
		this.refusalsInRow = 0;
		this.atOnce += 1;
		this.movedAt = this.clock.now();
		this.window.accepted(open);
	}

	finished(): void {
		this.movedAt = this.clock.now();
		this.window.finished();
	}

	/**
	 * The account took no more (429) while `underWay` others were: the task goes back in line.
	 * Answers to requests that were sent before the last refusal tell nothing new.
	 * @returns how long nothing is to be submitted, in milliseconds
	 */
	refused(task: Task, failure: ApiFailure, underWay: number, sent: Sent): number {
		const now = this.clock.now();
		const news = sent.at >= this.refusedAt;
		this.queue.push(task);
		this.atOnce = 1;
		this.window.refused(Math.max(sent.besides, underWay), news);
		if (!news) return 0;
		this.refusedAt = now;
		this.refusalsInRow += 1;
		const pauseMs = backoffMs(this.refusalsInRow, this.clock.random(), failure.retryAfterMs);
		const watching = this.options.until !== 'accepted' && underWay > 0;
		const finishWillTell = watching && failure.retryAfterMs === undefined;
		if (!finishWillTell || isRateLimit(failure)) {
			this.pausedUntil = Math.max(this.pausedUntil, now + pauseMs);
		}
		return pauseMs;
	}

	/** Whether waiting for the account to take more has become pointless. */
	isHopeless(underWay: number): boolean {
		if (this.refusalsInRow === 0 || underWay > 0) return false;
		const { until, timeoutMs } = this.options;
		if (until === 'accepted' && !this.acceptedAny) return this.refusalsInRow >= MAX_ATTEMPTS;
		return this.clock.now() - this.movedAt >= timeoutMs;
	}

	/** Empties the line: these will not be submitted. */
	close(): Task[] {
		return this.queue.splice(0);
	}

	private isFull(underWay: number): boolean {
		return underWay >= (this.options.until === 'accepted' ? this.atOnce : this.window.size);
	}
}

/** The same status stands for "too many requests" and "too many under way"; this code for the first. */
export function isRateLimit(failure: ApiFailure): boolean {
	return failure.code === 'RATE_LIMITED';
}
