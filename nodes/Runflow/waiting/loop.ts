import { Agenda } from './agenda';
import type { Clock } from './clock';
import { RequestPace } from './pace';

const MAX_CONCURRENT_REQUESTS = 12;
const LONGEST_REST_MS = 250;

/** One request and what follows from its answer. */
export interface Step {
	/** Whether it has become pointless since it was planned. */
	isObsolete(): boolean;
	perform(): Promise<void>;
}

/** Where fresh steps come from, beside the planned ones. */
export interface StepSource {
	/** When the next fresh step may be taken; infinite when there is none. */
	readyAt(): number;
	take(): Step | undefined;
	/** Whether fresh steps go before planned ones; otherwise they take turns. */
	goesFirst: boolean;
}

/** Performs planned and fresh steps in turn, a few at a time and at a bounded rate. */
export class RequestLoop {
	readonly pace: RequestPace;
	private readonly agenda = new Agenda<Step>();
	private running = 0;
	private freshLast = false;
	private crash: { error: unknown } | undefined;
	private wake = () => {};

	constructor(
		private readonly clock: Clock,
		private readonly source: StepSource,
	) {
		this.pace = new RequestPace(clock.now());
	}

	plan(delayMs: number, step: Step): void {
		this.agenda.add(this.clock.now() + delayMs, step);
	}

	/** Runs until `isDone` and every answer is there, or until the user stops the execution. */
	async run(isDone: () => boolean): Promise<void> {
		while (!(isDone() && this.running === 0) && !this.clock.stopped()) {
			const step = this.nextStep();
			if (step === undefined) await this.rest();
			else void this.perform(step).catch((error: unknown) => (this.crash = { error }));
			if (this.crash) throw this.crash.error;
		}
	}

	private nextStep(): Step | undefined {
		const now = this.clock.now();
		if (this.running >= MAX_CONCURRENT_REQUESTS || this.pace.readyAt(now) > now) return undefined;
		const freshPossible = this.source.readyAt() <= now;
		const freshFirst = freshPossible && (this.source.goesFirst || !this.freshLast);
		const planned = freshFirst ? undefined : this.takePlanned(now);
		this.freshLast = planned === undefined;
		return planned ?? (freshPossible ? this.source.take() : undefined);
	}

	private takePlanned(now: number): Step | undefined {
		let step = this.agenda.takeDue(now);
		while (step?.isObsolete()) step = this.agenda.takeDue(now);
		return step;
	}

	private async perform(step: Step): Promise<void> {
		this.running += 1;
		this.pace.take(this.clock.now());
		await step.perform();
		this.running -= 1;
		this.wake();
	}

	private async rest(): Promise<void> {
		const now = this.clock.now();
		const possible = Math.min(this.agenda.nextDue(), this.source.readyAt());
		const next = Math.max(possible, this.pace.readyAt(now));
		const busy = this.running >= MAX_CONCURRENT_REQUESTS;
		const ms = busy ? LONGEST_REST_MS : Math.min(Math.max(next - now, 1), LONGEST_REST_MS);
		const answered = new Promise<void>((resolve) => (this.wake = resolve));
		await Promise.race([this.clock.sleep(ms), answered]);
	}
}
