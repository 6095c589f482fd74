import {
	ANSWER_MARGIN_MS,
	LAST_LOOK_GRACE_MS,
	MAX_ATTEMPTS,
	SUBMIT_TIMEOUT_MS,
} from '../api/policy';
import type { ApiFailure, Attempt } from '../api/attempt';
import type { Evaluation } from '../api/types';
import { backoffMs } from './backoff';
import type { Step, StepSource } from './requestLoop';
import { ask, NO_ANSWER, RATE_LIMITED, stepOf } from './run';
import type { Run } from './run';
import { isRateLimit, SubmitQueue } from './submitQueue';
import type { QueuedTask, Submitting, Task } from './tasks';

/** Submits what is in the queue, each until it is accepted or given up. */
export class Submitter implements StepSource {
	readonly queue: SubmitQueue;
	readonly goesFirst: boolean;

	constructor(
		private readonly run: Run,
		private readonly opened: (task: Task, evaluation: Evaluation) => void,
	) {
		this.queue = new SubmitQueue(run.tasks.queued(), run.options, run.clock);
		this.goesFirst = run.options.until === 'submitted';
	}

	readyAt(): number {
		return this.queue.readyAt(this.run.tasks.underWay);
	}

	take(): Step | undefined {
		const queued = this.queue.take();
		return queued && this.firstTry(queued);
	}

	givesUpAt(pausedUntil: number): number {
		return this.queue.givesUpAt(this.run.tasks.underWay, pausedUntil);
	}

	giveUp(): void {
		this.run.closeQueue('failed', this.queue.refusal ?? RATE_LIMITED);
	}

	private firstTry({ task, job }: QueuedTask): Step {
		const { clock, tasks } = this.run;
		const now = clock.now();
		const others = tasks.underWay;
		return this.tryAs(task, {
			kind: 'submitting',
			job,
			failures: 0,
			attempts: 0,
			isLost: false,
			startedAt: now,
			triedAt: now,
			others,
		});
	}

	private tryAs(task: Task, state: Submitting): Step {
		this.run.tasks.move(task, state);
		return stepOf(task, state, this.run, async () => await this.submit(task, state));
	}

	private async submit(task: Task, state: Submitting): Promise<void> {
		const { submit, limitMs = SUBMIT_TIMEOUT_MS + ANSWER_MARGIN_MS } = state.job;
		const late = (attempt: Attempt<Evaluation>) => this.report(task, attempt);
		const attempt = asSubmit(await ask(this.run, submit, limitMs, late));
		this.report(task, attempt);
		if (attempt.ok) this.opened(task, attempt.value);
		else this.failed(task, state, attempt.failure);
	}

	/** Whoever is told may throw: the evaluation is accepted all the same. */
	private report({ index }: Task, attempt: Attempt<Evaluation>): void {
		if (!attempt.ok) return;
		try {
			this.run.options.onAccepted?.(index, attempt.value);
		} catch {
			return;
		}
	}

	private failed(task: Task, state: Submitting, failure: ApiFailure): void {
		switch (failure.reaction) {
			case 'busy':
				return this.refused(task, state, failure);
			case 'retry':
			case 'conflict':
				return this.tryAgain(task, state, failure);
			case 'stopped':
				return this.run.endAll(failure);
			default:
				return this.run.fail(task, failure);
		}
	}

	private refused(task: Task, state: Submitting, failure: ApiFailure): void {
		const { tasks, loop, cause } = this.run;
		if (cause) {
			tasks.end(task, { kind: 'notSubmitted', failure: cause });
			return;
		}
		tasks.move(task, state.job);
		const queued = { task, job: state.job };
		const pauseMs = this.queue.refused(queued, failure, tasks.underWay, state);
		if (isRateLimit(failure)) loop.slowDown(pauseMs);
	}

	/**
	 * Five attempts within the timeout. Not counted are those made while others meet faults too, and
	 * refusals that an attempt without an answer may be the reason for.
	 */
	private tryAgain(task: Task, state: Submitting, failure: ApiFailure): void {
		const { clock, health, loop, options } = this.run;
		const isFault = failure.reaction === 'retry';
		const isLost = state.isLost || isFault;
		const isCounted = isFault ? !this.isOutage(task, state) : !isLost;
		const attempts = state.attempts + (isCounted ? 1 : 0);
		const failures = state.failures + 1;
		health.fault(task, clock.now());
		const deadline = state.startedAt + options.timeoutMs;
		const left = deadline - clock.now();
		if (attempts >= MAX_ATTEMPTS || left <= 0) return this.giveUpOn(task, state, failure);
		const triedAt = clock.now();
		const again = this.tryAs(task, { ...state, attempts, isLost, failures, triedAt });
		const pauseMs = backoffMs(failures, clock.random(), failure.retryAfterMs);
		const waitMs = failure.retryAfterMs === undefined ? Math.min(pauseMs, left) : pauseMs;
		loop.plan(waitMs, again, {
			at: deadline + LAST_LOOK_GRACE_MS,
			expire: () => this.giveUpOn(task, state, failure),
		});
	}

	/** Only where verdicts are waited for anyway: elsewhere an outage is a reason to give up. */
	private isOutage(task: Task, { triedAt }: Submitting): boolean {
		const { health, tasks } = this.run;
		return tasks.count('open') > 0 && health.othersFailedSince(triedAt, task);
	}

	/** Costs this one alone if Runflow answered others meanwhile, else also what is still in line. */
	private giveUpOn(task: Task, { startedAt }: Submitting, failure: ApiFailure): void {
		const { health, tasks } = this.run;
		if (failure.reaction === 'conflict') return this.run.fail(task, failure);
		tasks.end(task, { kind: 'failed', failure });
		if (!health.wasGoodSince(startedAt)) this.run.closeQueue('notSubmitted', failure);
	}
}

function asSubmit(attempt: Attempt<Evaluation>): Attempt<Evaluation> {
	if (attempt !== NO_ANSWER) return attempt;
	const { failure } = NO_ANSWER;
	return { ok: false, failure: { ...failure, purpose: { ...failure.purpose, isSubmit: true } } };
}
