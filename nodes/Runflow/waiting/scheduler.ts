import { backoffMs, MAX_ATTEMPTS } from '../api/backoff';
import type { ApiFailure, Attempt } from '../api/attempt';
import { STOPPED } from '../api/failure';
import type { Evaluation } from '../api/types';
import type { BatchItem, BatchOptions, Gateway, Outcome, Task } from './batch';
import type { Clock } from './clock';
import { Durations } from './durations';
import { Intake, isRateLimit } from './intake';
import type { Sent } from './intake';
import { RequestLoop } from './loop';
import type { Step } from './loop';
import { Progress } from './progress';
import {
	durationBetween,
	EARLY_NOT_FOUND_GRACE_MS,
	isFinished,
	lookTimeoutMs,
	nextLookMs,
	submitAttempts,
} from './rules';

type FetchDetails = NonNullable<Gateway['fetchDetails']>;

/**
 * Submits the items without an id, looks at all open evaluations together and returns how each
 * item ended, by index. What the API answers never throws; the stop signal ends it within 250 ms.
 */
export async function runBatch(
	items: BatchItem[],
	gateway: Gateway,
	options: BatchOptions,
	clock: Clock,
): Promise<Map<number, Outcome>> {
	return await new Batch(items, gateway, options, clock).run();
}

class Batch {
	private readonly progress: Progress;
	private readonly durations = new Durations();
	private readonly intake: Intake;
	private readonly loop: RequestLoop;
	private submitting = 0;
	/** The failure that ended the submitting. */
	private cause: ApiFailure | undefined;

	constructor(
		items: BatchItem[],
		private readonly gateway: Gateway,
		private readonly options: BatchOptions,
		private readonly clock: Clock,
	) {
		this.progress = new Progress(items, clock.now());
		const fresh = this.progress.tasks.filter((task) => task.id === undefined);
		this.intake = new Intake(fresh, options, clock);
		this.loop = new RequestLoop(clock, {
			goesFirst: options.until === 'submitted',
			readyAt: () => this.intake.readyAt(this.underWay),
			take: () => this.takeFresh(),
		});
	}

	async run(): Promise<Map<number, Outcome>> {
		for (const task of this.progress.tasks) if (task.id !== undefined) this.watch(task, 0);
		await this.loop.run(() => this.isDone);
		if (this.clock.stopped()) this.endAll(STOPPED);
		this.progress.leaveOpen();
		return this.progress.outcomes;
	}

	private get isDone(): boolean {
		if (this.progress.isComplete) return true;
		return this.options.until === 'submitted' && this.intake.isEmpty && this.submitting === 0;
	}

	private takeFresh(): Step | undefined {
		const task = this.intake.take();
		if (task === undefined) return undefined;
		this.submitting += 1;
		return this.step(task, async () => await this.submit(task));
	}

	private step(task: Task, perform: () => Promise<void>): Step {
		return { isObsolete: () => this.progress.hasEnded(task), perform };
	}

	private async submit(task: Task): Promise<void> {
		const sent = { at: this.clock.now(), besides: this.underWay - 1 };
		const attempt = this.paced(await this.gateway.submit(task.index));
		if (attempt.ok) this.accepted(task, attempt.value);
		else if (attempt.failure.reaction === 'retry' && this.mayTryAgain(task)) {
			const again = this.step(task, async () => await this.submit(task));
			this.loop.plan(this.backOff(task, attempt.failure), again);
		} else {
			this.submitting -= 1;
			if (attempt.failure.reaction === 'busy') this.refused(task, attempt.failure, sent);
			else this.fail(task, attempt.failure);
		}
	}

	/** Any number of times while others are open anyway, whose verdicts giving up would cost. */
	private mayTryAgain(task: Task): boolean {
		task.failures += 1;
		const isAtStake = this.intake.acceptedAny && this.cause === undefined;
		return task.failures < submitAttempts(isAtStake) || this.progress.openCount > 0;
	}

	private accepted(task: Task, evaluation: Evaluation): void {
		this.submitting -= 1;
		this.progress.accepted(task, evaluation, this.clock.now());
		this.intake.accepted(this.progress.openCount);
		if (this.options.until === 'accepted') this.end(task, { kind: 'done', evaluation });
		else if (this.cause && this.options.stopOnFailure) {
			this.end(task, { kind: 'notAwaited', failure: this.cause, id: evaluation.id });
		} else this.watch(task, this.firstLookMs(evaluation));
	}

	/** A repeated submit may find it finished already, but its answer has no verdict. */
	private firstLookMs(evaluation: Evaluation): number {
		return isFinished(evaluation) ? 0 : nextLookMs(0, this.durations, this.clock.random());
	}

	private refused(task: Task, failure: ApiFailure, sent: Sent): void {
		if (this.cause) {
			this.end(task, { kind: 'notSubmitted', failure: this.cause });
			return;
		}
		const pauseMs = this.intake.refused(task, failure, this.underWay, sent);
		if (isRateLimit(failure)) this.loop.pace.slowDown(this.clock.now(), pauseMs);
		if (this.intake.isHopeless(this.underWay)) this.closeIntake('failed', failure);
	}

	/** Plans the next look; the last one falls on the deadline, and after it the wait is over. */
	private watch(task: Task, waitMs: number): void {
		const left = this.timeLeft(task);
		this.progress.watched(task);
		if (left <= 0 && waitMs > 0) {
			this.end(task, { kind: 'timedOut', id: task.id ?? '', evaluation: task.last });
			return;
		}
		const look = this.step(task, async () => await this.look(task));
		this.loop.plan(Math.min(waitMs, Math.max(left, 0)), look);
	}

	private async look(task: Task): Promise<void> {
		const timeoutMs = lookTimeoutMs(this.timeLeft(task));
		const attempt = this.paced(await this.gateway.look(task.id ?? '', timeoutMs));
		if (this.progress.hasEnded(task)) return;
		if (attempt.ok) this.looked(task, attempt.value);
		else this.lookFailed(task, attempt.failure);
	}

	private looked(task: Task, evaluation: Evaluation): void {
		const age = this.age(task);
		const lastAge = task.lastLookAt - task.acceptedAt;
		this.progress.seen(task, evaluation, this.clock.now());
		if (isFinished(evaluation)) {
			const took = durationBetween(lastAge, age, evaluation);
			if (task.isAgeKnown && took !== undefined) this.durations.add(took);
			this.finished(task, evaluation);
		} else this.watch(task, nextLookMs(age, this.durations, this.clock.random()));
	}

	private lookFailed(task: Task, failure: ApiFailure): void {
		const { reaction } = failure;
		const early = reaction === 'missing' && this.age(task) < EARLY_NOT_FOUND_GRACE_MS;
		const isUnknown = reaction === 'missing' && task.last === undefined && !early;
		if (reaction === 'closed' || reaction === 'stopped') this.endAll(failure);
		else if (reaction === 'rejected' || isUnknown) this.fail(task, failure);
		else {
			if (!early) task.failures += 1;
			this.watch(task, this.backOff(task, failure));
		}
	}

	private finished(task: Task, evaluation: Evaluation): void {
		this.progress.finished(task);
		this.intake.finished();
		const { fetchDetails } = this.gateway;
		if (fetchDetails === undefined) this.end(task, { kind: 'done', evaluation });
		else this.planDetails(task, evaluation, fetchDetails, 0);
	}

	private planDetails(task: Task, evaluation: Evaluation, fetchDetails: FetchDetails, ms: number) {
		const add = async () => await this.addDetails(task, evaluation, fetchDetails);
		this.loop.plan(ms, this.step(task, add));
	}

	/** The verdict is there already: it is never lost for want of its details. */
	private async addDetails(
		task: Task,
		evaluation: Evaluation,
		fetchDetails: FetchDetails,
	): Promise<void> {
		const attempt = this.paced(await fetchDetails(evaluation.id, task.index));
		const passing = !attempt.ok && ['retry', 'busy'].includes(attempt.failure.reaction);
		if (!attempt.ok && passing && ++task.failures < MAX_ATTEMPTS) {
			this.planDetails(task, evaluation, fetchDetails, this.backOff(task, attempt.failure));
		} else this.end(task, { kind: 'done', evaluation: attempt.ok ? attempt.value : evaluation });
	}

	private fail(task: Task, failure: ApiFailure): void {
		this.end(task, { kind: 'failed', failure, id: task.id });
		if (this.options.stopOnFailure) this.progress.endOpen('notAwaited', failure);
		if (this.options.stopOnFailure || failure.reaction === 'closed') {
			this.closeIntake('notSubmitted', failure);
		}
	}

	private closeIntake(kind: 'failed' | 'notSubmitted', failure: ApiFailure): void {
		this.cause ??= failure;
		for (const task of this.intake.close()) this.end(task, { kind, failure });
	}

	private endAll(failure: ApiFailure): void {
		this.closeIntake('notSubmitted', failure);
		this.progress.endOpen('failed', failure);
	}

	private end(task: Task, outcome: Outcome): void {
		this.progress.end(task, outcome);
	}

	private paced(attempt: Attempt<Evaluation>): Attempt<Evaluation> {
		const { pace } = this.loop;
		if (attempt.ok) pace.recover();
		if (attempt.ok && attempt.pauseMs) pace.pauseUntil(this.clock.now() + attempt.pauseMs);
		return attempt;
	}

	private get underWay(): number {
		return this.progress.openCount + this.submitting;
	}

	private age(task: Task): number {
		return this.clock.now() - task.acceptedAt;
	}

	private timeLeft(task: Task): number {
		return task.acceptedAt + this.options.timeoutMs - this.clock.now();
	}

	/** How long to let this one rest; all requests slow down when there are too many. */
	private backOff(task: Task, failure: ApiFailure): number {
		const failures = Math.max(1, task.failures);
		const ms = backoffMs(failures, this.clock.random(), failure.retryAfterMs);
		if (failure.reaction === 'busy') this.loop.pace.slowDown(this.clock.now(), ms);
		return ms;
	}
}
