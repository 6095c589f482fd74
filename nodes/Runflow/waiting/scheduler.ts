import { backoffMs, MAX_ATTEMPTS } from '../api/backoff';
import { STOPPED } from '../api/failure';
import type { ApiFailure, Attempt, Evaluation } from '../api/types';
import type { BatchItem, BatchOptions, Gateway, Outcome, Task } from './batch';
import type { Clock } from './clock';
import { Durations } from './durations';
import { Intake, isRateLimit } from './intake';
import { RequestLoop } from './loop';
import type { Step } from './loop';
import { durationBetween, EARLY_NOT_FOUND_GRACE_MS, isFinished, nextLookMs } from './rules';

type FetchDetails = NonNullable<Gateway['fetchDetails']>;

const SHORTEST_LOOK_TIMEOUT_MS = 5_000;
const LONGEST_LOOK_TIMEOUT_MS = 30_000;

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
	private readonly outcomes = new Map<number, Outcome>();
	private readonly tasks: Task[];
	private readonly open = new Set<Task>();
	private readonly durations = new Durations();
	private readonly intake: Intake;
	private readonly loop: RequestLoop;
	private submitting = 0;

	constructor(
		items: BatchItem[],
		private readonly gateway: Gateway,
		private readonly options: BatchOptions,
		private readonly clock: Clock,
	) {
		const now = clock.now();
		this.tasks = items.map((item) => ({ ...item, failures: 0, acceptedAt: now, lastLookAt: now }));
		const fresh = this.tasks.filter((task) => task.id === undefined);
		this.intake = new Intake(fresh, options, clock);
		this.loop = new RequestLoop(clock, {
			readyAt: () => this.intake.readyAt(this.underWay),
			take: () => this.takeFresh(),
			goesFirst: options.until === 'submitted',
		});
	}

	async run(): Promise<Map<number, Outcome>> {
		for (const task of this.tasks) if (task.id !== undefined) this.watch(task, 0);
		await this.loop.run(() => this.isDone);
		if (this.clock.stopped()) this.endAll(STOPPED);
		for (const task of this.tasks) this.leaveOpen(task);
		return this.outcomes;
	}

	private get isDone(): boolean {
		if (this.outcomes.size === this.tasks.length) return true;
		return this.options.until === 'submitted' && this.intake.isEmpty && this.submitting === 0;
	}

	private leaveOpen(task: Task): void {
		if (this.outcomes.has(task.index) || task.last === undefined) return;
		this.outcomes.set(task.index, { kind: 'open', evaluation: task.last });
	}

	private takeFresh(): Step | undefined {
		const task = this.intake.take();
		if (task === undefined) return undefined;
		this.submitting += 1;
		return this.step(task, async () => await this.submit(task));
	}

	private step(task: Task, perform: () => Promise<void>): Step {
		return { isObsolete: () => this.outcomes.has(task.index), perform };
	}

	private async submit(task: Task): Promise<void> {
		const sentAt = this.clock.now();
		const attempt = this.paced(await this.gateway.submit(task.index));
		if (attempt.ok) this.accepted(task, attempt.value);
		else this.submitFailed(task, attempt.failure, sentAt);
	}

	private accepted(task: Task, evaluation: Evaluation): void {
		this.submitting -= 1;
		Object.assign(task, { id: evaluation.id, acceptedAt: this.clock.now(), failures: 0 });
		task.last = evaluation;
		this.open.add(task);
		this.intake.accepted(this.underWay);
		if (this.options.until === 'accepted') this.end(task, { kind: 'done', evaluation });
		else if (isFinished(evaluation)) this.finished(task, evaluation);
		else this.watch(task, nextLookMs(0, this.durations, this.clock.random()));
	}

	private submitFailed(task: Task, failure: ApiFailure, sentAt: number): void {
		if (failure.reaction === 'retry' && ++task.failures < MAX_ATTEMPTS) {
			const again = this.step(task, async () => await this.submit(task));
			this.loop.plan(this.backoff(task, failure), again);
			return;
		}
		this.submitting -= 1;
		if (failure.reaction === 'busy') this.refused(task, failure, sentAt);
		else this.fail(task, failure);
	}

	private refused(task: Task, failure: ApiFailure, sentAt: number): void {
		const pauseMs = this.intake.refused(task, failure, this.underWay, sentAt);
		if (isRateLimit(failure)) this.loop.pace.slowDown(this.clock.now(), pauseMs);
		if (this.intake.isHopeless(this.underWay)) this.closeIntake(failure, 'failed');
	}

	/** Plans the next look; the last one falls on the deadline, and after it the wait is over. */
	private watch(task: Task, waitMs: number): void {
		const left = this.timeLeft(task);
		this.open.add(task);
		if (left <= 0 && waitMs > 0) {
			this.end(task, { kind: 'timedOut', id: task.id ?? '', evaluation: task.last });
			return;
		}
		const look = this.step(task, async () => await this.look(task));
		this.loop.plan(Math.min(waitMs, Math.max(left, 0)), look);
	}

	private async look(task: Task): Promise<void> {
		const left = this.timeLeft(task);
		const timeoutMs = Math.max(SHORTEST_LOOK_TIMEOUT_MS, Math.min(left, LONGEST_LOOK_TIMEOUT_MS));
		const attempt = this.paced(await this.gateway.look(task.id ?? '', timeoutMs));
		if (this.outcomes.has(task.index)) return;
		if (attempt.ok) this.looked(task, attempt.value);
		else this.lookFailed(task, attempt.failure);
	}

	private looked(task: Task, evaluation: Evaluation): void {
		const age = this.age(task);
		const lastAge = Math.max(0, task.lastLookAt - task.acceptedAt);
		Object.assign(task, { lastLookAt: this.clock.now(), failures: 0 });
		task.last = evaluation;
		if (isFinished(evaluation)) {
			this.durations.add(durationBetween(lastAge, age, evaluation));
			this.finished(task, evaluation);
		} else this.watch(task, nextLookMs(age, this.durations, this.clock.random()));
	}

	private lookFailed(task: Task, failure: ApiFailure): void {
		const { reaction } = failure;
		const early = reaction === 'missing' && this.age(task) < EARLY_NOT_FOUND_GRACE_MS;
		if (reaction === 'closed' || reaction === 'stopped') this.endAll(failure);
		else if (reaction === 'rejected' || (reaction === 'missing' && !early))
			this.fail(task, failure);
		else {
			if (!early) task.failures += 1;
			const waitMs = this.backoff(task, failure);
			if (reaction === 'busy') this.loop.pace.slowDown(this.clock.now(), waitMs);
			this.watch(task, waitMs);
		}
	}

	private finished(task: Task, evaluation: Evaluation): void {
		this.open.delete(task);
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
			this.planDetails(task, evaluation, fetchDetails, this.backoff(task, attempt.failure));
		} else this.end(task, { kind: 'done', evaluation: attempt.ok ? attempt.value : evaluation });
	}

	private fail(task: Task, failure: ApiFailure): void {
		this.end(task, { kind: 'failed', failure, id: task.id });
		if (this.options.stopOnFailure) this.endOpen(failure, 'notAwaited');
		if (this.options.stopOnFailure || failure.reaction === 'closed') {
			this.closeIntake(failure, 'notSubmitted');
		}
	}

	private closeIntake(failure: ApiFailure, kind: 'failed' | 'notSubmitted'): void {
		for (const task of this.intake.close()) this.end(task, { kind, failure });
	}

	private endOpen(failure: ApiFailure, kind: 'failed' | 'notAwaited'): void {
		for (const task of [...this.open]) this.end(task, { kind, failure, id: task.id ?? '' });
	}

	private endAll(failure: ApiFailure): void {
		this.closeIntake(failure, 'notSubmitted');
		this.endOpen(failure, 'failed');
	}

	private end(task: Task, outcome: Outcome): void {
		this.open.delete(task);
		this.outcomes.set(task.index, outcome);
	}

	private paced(attempt: Attempt<Evaluation>): Attempt<Evaluation> {
		const { pace } = this.loop;
		if (attempt.ok) pace.recover();
		if (attempt.ok && attempt.pauseMs) pace.pauseUntil(this.clock.now() + attempt.pauseMs);
		return attempt;
	}

	private get underWay(): number {
		return this.open.size + this.submitting;
	}

	private age(task: Task): number {
		return this.clock.now() - task.acceptedAt;
	}

	private timeLeft(task: Task): number {
		return task.acceptedAt + this.options.timeoutMs - this.clock.now();
	}

	private backoff(task: Task, failure: ApiFailure): number {
		return backoffMs(Math.max(1, task.failures), this.clock.random(), failure.retryAfterMs);
	}
}
