import type { Attempt } from '../api/attempt';
import { LivedTime } from '../api/livedTime';
import { LONGEST_REST_MS, MAX_CONCURRENT_REQUESTS, MOST_MS_PER_SLICE } from '../api/policy';
import type { Clock } from './clock';
import { PriorityQueue } from './priorityQueue';
import { TokenBucket } from './tokenBucket';

/** One request and what follows from its answer. */
export interface Step {
	/** Whether it has become pointless since it was planned. */
	isObsolete(): boolean;
	perform(): Promise<void>;
	/** `perform` threw: ends what the step was for, and nothing else. */
	broke(error: unknown): void;
}

/** What happens when a planned step could not be performed in time, e.g. for a pause of all requests. */
export interface Expiry {
	at: number;
	expire: () => void;
}

/** Where fresh steps come from, beside the planned ones. */
export interface StepSource {
	/** When the next fresh step may be taken; infinite when there is none. */
	readyAt(): number;
	take(): Step | undefined;
	/** Whether fresh steps go before planned ones; otherwise they take turns. */
	goesFirst: boolean;
	/** When it gives up, if all requests rest until `pausedUntil`. */
	givesUpAt?(pausedUntil: number): number;
	giveUp?(): void;
}

interface Planned {
	step: Step;
	isTaken: boolean;
	expire: () => void;
}

interface Waiting {
	isAnswered: boolean;
	giveUp: () => void;
}

/** Performs planned and fresh steps in turn, a few at a time and at a bounded rate. */
export class RequestLoop {
	private readonly bucket: TokenBucket;
	private readonly planned = new PriorityQueue<Planned>();
	private readonly expiries = new PriorityQueue<Planned>();
	private readonly answers = new PriorityQueue<Waiting>();
	/** Milliseconds in which this process lived: answers are waited for by them. */
	private livedMs = 0;
	private readonly lived = new LivedTime();
	private turnedAt: number;
	private running = 0;
	private wasFresh = false;
	private wake = () => {};

	constructor(
		private readonly clock: Clock,
		private readonly source: StepSource,
	) {
		this.bucket = new TokenBucket(clock.now());
		this.turnedAt = clock.now();
	}

	plan(delayMs: number, step: Step, expiry?: Expiry): void {
		const planned: Planned = { step, isTaken: false, expire: () => expiry?.expire() };
		this.planned.add(this.clock.now() + delayMs, planned);
		if (expiry) this.expiries.add(expiry.at, planned);
	}

	/** Runs until `isDone` and every answer is there, or until the user stops the execution. */
	async run(isDone: () => boolean): Promise<void> {
		while (!this.clock.stopped()) {
			this.giveUpWhatIsLate();
			if (isDone() && this.running === 0) return;
			const step = this.nextStep();
			if (step === undefined) await this.rest();
			else void this.perform(step);
		}
	}

	/**
	 * The answer to a request of the running step; undefined when it takes longer than `limitMs`,
	 * however much of it has dripped in. What comes later goes to `late`.
	 */
	async answer<T>(
		request: Promise<Attempt<T>>,
		limitMs: number,
		late?: (attempt: Attempt<T>) => void,
	): Promise<Attempt<T> | undefined> {
		const waiting: Waiting = { isAnswered: false, giveUp: () => {} };
		const givenUp = new Promise<undefined>((resolve) => {
			waiting.giveUp = () => resolve(undefined);
		});
		this.answers.add(this.livedMs + limitMs, waiting);
		const attempt = await Promise.race([request, givenUp]).finally(
			() => (waiting.isAnswered = true),
		);
		if (attempt === undefined) request.then(late, () => {});
		else this.keepPace(attempt);
		return attempt;
	}

	private keepPace<T>(attempt: Attempt<T>): void {
		if (!attempt.ok) return;
		this.bucket.recover();
		if (attempt.pauseMs) this.bucket.pauseUntil(this.clock.now() + attempt.pauseMs);
	}

	/** The API said "too many requests": all rest, and go on more slowly. */
	slowDown(pauseMs: number): void {
		this.bucket.slowDown(this.clock.now(), pauseMs);
	}

	private nextStep(): Step | undefined {
		const now = this.clock.now();
		if (this.running >= MAX_CONCURRENT_REQUESTS || this.bucket.readyAt(now) > now) return undefined;
		const isFreshReady = this.source.readyAt() <= now;
		const isFreshFirst = isFreshReady && (this.source.goesFirst || !this.wasFresh);
		const planned = isFreshFirst ? undefined : this.takePlanned(now);
		this.wasFresh = planned === undefined;
		return planned ?? (isFreshReady ? this.source.take() : undefined);
	}

	private takePlanned(now: number): Step | undefined {
		let planned = this.planned.takeDue(now);
		while (planned && isPast(planned)) planned = this.planned.takeDue(now);
		if (planned) planned.isTaken = true;
		return planned?.step;
	}

	private async perform(step: Step): Promise<void> {
		this.running += 1;
		this.bucket.take(this.clock.now());
		try {
			await step.perform();
		} catch (error) {
			step.broke(error);
		}
		this.running -= 1;
		this.wake();
	}

	private giveUpWhatIsLate(): void {
		const now = this.clock.now();
		const heardMs = this.countTurn(now);
		for (let late = this.answers.takeDue(heardMs); late; late = this.answers.takeDue(heardMs)) {
			late.giveUp();
		}
		for (let due = this.expiries.takeDue(now); due; due = this.expiries.takeDue(now)) {
			if (isPast(due)) continue;
			due.isTaken = true;
			due.expire();
		}
		if (this.sourceGivesUpAt <= now) this.source.giveUp?.();
	}

	/** Until when all answers were read that had come: after a standstill timers run before them. */
	private countTurn(now: number): number {
		const before = this.livedMs;
		const passed = now - this.turnedAt;
		this.turnedAt = now;
		this.livedMs += this.lived.count(passed);
		return passed > MOST_MS_PER_SLICE ? before : this.livedMs;
	}

	private get sourceGivesUpAt(): number {
		return this.source.givesUpAt?.(this.bucket.pausedUntil) ?? Infinity;
	}

	private async rest(): Promise<void> {
		const ms = Math.min(Math.max(this.nextMoment() - this.clock.now(), 1), LONGEST_REST_MS);
		const answered = new Promise<void>((resolve) => (this.wake = resolve));
		await Promise.race([this.clock.sleep(ms), answered]);
	}

	private nextMoment(): number {
		while (this.expiries.first && isPast(this.expiries.first)) this.expiries.takeDue(Infinity);
		while (this.answers.first?.isAnswered) this.answers.takeDue(Infinity);
		const unheardAt = this.answers.nextDue - this.livedMs + this.turnedAt;
		const late = Math.min(unheardAt, this.expiries.nextDue, this.sourceGivesUpAt);
		if (this.running >= MAX_CONCURRENT_REQUESTS) return late;
		const possible = Math.min(this.planned.nextDue, this.source.readyAt());
		return Math.min(late, Math.max(possible, this.bucket.readyAt(this.clock.now())));
	}
}

function isPast({ step, isTaken }: Planned): boolean {
	return isTaken || step.isObsolete();
}
