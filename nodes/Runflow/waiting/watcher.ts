import {
	EARLY_NOT_FOUND_GRACE_MS,
	LAST_LOOK_GRACE_MS,
	MAX_ATTEMPTS,
	MOST_LOOKED_AT_SOON,
} from '../api/policy';
import type { ApiFailure } from '../api/attempt';
import type { Evaluation } from '../api/types';
import { AccountLine } from './accountLine';
import { backoffMs } from './backoff';
import type { Look } from './batch';
import { Durations } from './durations';
import { durationBetween, isFinished, isInLine, lookTimeoutMs, nextLookMs } from './rules';
import { ask, stepOf, UNREADABLE } from './run';
import type { Run } from './run';
import type { SubmitQueue } from './submitQueue';
import type { Detailing, Open, Task } from './tasks';

/** Looks at the open evaluations until each is finished or its time is up. */
export class Watcher {
	readonly durations: Durations;
	private readonly line = new AccountLine();

	constructor(
		private readonly run: Run,
		private readonly queue: SubmitQueue,
		private readonly lookAt: Look,
	) {
		this.durations = new Durations(run.options.memory?.durationsMs);
	}

	/** Looks at what exists already. */
	start(): void {
		for (const { task, state } of this.run.tasks.open()) this.watch(task, state, 0);
	}

	/** A submit was accepted. */
	opened(task: Task, evaluation: Evaluation): void {
		const { clock, tasks } = this.run;
		const now = clock.now();
		const state: Open = {
			kind: 'open',
			id: evaluation.id,
			acceptedAt: now,
			isAgeKnown: true,
			isOneOfMany: tasks.count('open') >= MOST_LOOKED_AT_SOON,
			runsFrom: now,
			lastLookAt: now,
			failures: 0,
			evaluation,
			startedAt: isInLine(evaluation) ? undefined : now,
		};
		tasks.move(task, state);
		this.queue.accepted(tasks.count('open'));
		if (!isInLine(evaluation)) this.line.started(0, tasks.workedOn);
		this.watchIfWanted(task, state, evaluation);
	}

	private watchIfWanted(task: Task, state: Open, evaluation: Evaluation): void {
		const { options, tasks, cause } = this.run;
		if (options.until === 'accepted') tasks.end(task, { kind: 'done', evaluation });
		else if (cause && options.stopOnFailure) {
			tasks.end(task, { kind: 'notAwaited', failure: cause, id: evaluation.id });
		} else {
			// A repeated submit may find it finished already, but its answer has no verdict.
			const isKnown = isFinished(evaluation);
			this.watch(task, state, isKnown ? 0 : this.nextLookMs(state, 0));
		}
	}

	private nextLookMs({ isOneOfMany }: Open, ageMs: number): number {
		return nextLookMs(ageMs, this.durations, this.run.clock.random(), isOneOfMany);
	}

	/** Plans the next look; the last one falls on the deadline, and after it the wait is over. */
	private watch(task: Task, state: Open, waitMs: number): void {
		const { clock, loop, tasks } = this.run;
		const left = this.deadline(state) - clock.now();
		if (left <= 0 && waitMs > 0) {
			const { id, evaluation, lastFailure } = state;
			tasks.end(task, { kind: 'timedOut', id, evaluation, lastFailure });
			return;
		}
		tasks.move(task, state);
		const look = stepOf(task, state, this.run, async () => await this.look(task, state));
		loop.plan(Math.min(waitMs, Math.max(left, 0)), look, {
			at: clock.now() + Math.max(left, 0) + LAST_LOOK_GRACE_MS,
			expire: () => this.watch(task, { ...state }, 1),
		});
	}

	private async look(task: Task, state: Open): Promise<void> {
		const timeoutMs = lookTimeoutMs(this.deadline(state) - this.run.clock.now());
		const request = async () => await this.lookAt(state.id, timeoutMs);
		const attempt = await ask(this.run, request, timeoutMs);
		if (task.state !== state) return;
		if (attempt.ok) this.looked(task, state, attempt.value);
		else this.lookFailed(task, state, attempt.failure);
	}

	private looked(task: Task, state: Open, evaluation: Evaluation): void {
		const now = this.run.clock.now();
		const age = now - state.acceptedAt;
		const seen: Open = {
			...state,
			evaluation,
			lastLookAt: now,
			failures: 0,
			lastFailure: undefined,
			runsFrom: isInLine(evaluation) ? state.runsFrom : this.startOf(state),
			startedAt: state.startedAt ?? (isInLine(evaluation) ? undefined : now),
		};
		if (isFinished(evaluation)) this.finished(task, state, evaluation);
		else this.watch(task, seen, this.nextLookMs(seen, age));
		this.learnOfLine(state, evaluation, age);
	}

	private lookFailed(task: Task, state: Open, failure: ApiFailure): void {
		const { reaction } = failure;
		const { clock, health, loop } = this.run;
		const now = clock.now();
		const isNew = now - state.acceptedAt < EARLY_NOT_FOUND_GRACE_MS;
		const isEarly = reaction === 'missing' && isNew;
		const isNo = reaction === 'rejected' || (reaction === 'missing' && !isNew);
		const isDefinite = isNo && this.isBelieved(failure, state);
		if (this.endsAll(failure, state)) this.run.endAll(failure);
		else if (isDefinite && state.evaluation === undefined) this.run.fail(task, failure, state.id);
		else {
			if (!isEarly) health.fault(task, now);
			const failures = state.failures + (isEarly ? 0 : 1);
			const pauseMs = backoffMs(Math.max(1, failures), clock.random(), failure.retryAfterMs);
			if (reaction === 'busy') loop.slowDown(pauseMs);
			this.watch(task, { ...state, failures, lastFailure: isEarly ? undefined : failure }, pauseMs);
		}
	}

	private endsAll(failure: ApiFailure, state: Open): boolean {
		const { reaction, status, code } = failure;
		if (reaction === 'stopped') return true;
		if (reaction !== 'closed' || status === 402) return false;
		return code === undefined ? this.isLasting(failure, state) : this.isBelieved(failure, state);
	}

	/** Only the API's own word counts; a firewall's passes. */
	private isBelieved(failure: ApiFailure, state: Open): boolean {
		return failure.isFromApi === true || this.isLasting(failure, state);
	}

	/** Said five times in a row, by what may be a gateway in place of the API. */
	private isLasting({ isFromApi }: ApiFailure, { failures }: Open): boolean {
		const mayBeApi = isFromApi === true || !this.run.health.wasEverGood;
		return mayBeApi && failures >= MAX_ATTEMPTS - 1;
	}

	private finished(task: Task, state: Open, evaluation: Evaluation): void {
		const { clock, tasks } = this.run;
		const now = clock.now();
		const lastAge = state.lastLookAt - state.acceptedAt;
		const took = durationBetween(lastAge, now - state.acceptedAt, evaluation);
		if (state.isAgeKnown && took !== undefined) this.durations.add(took);
		this.queue.finished();
		const { fetchDetails } = task;
		if (fetchDetails === undefined) return tasks.end(task, { kind: 'done', evaluation });
		const deadline = Math.max(this.deadline(state), now);
		const detailing = {
			kind: 'detailing',
			evaluation,
			fetchDetails,
			failures: 0,
			deadline,
		} as const;
		this.planDetails(task, detailing, 0);
	}

	private planDetails(task: Task, state: Detailing, waitMs: number): void {
		this.run.tasks.move(task, state);
		const fetch = stepOf(task, state, this.run, async () => await this.addDetails(task, state));
		this.run.loop.plan(waitMs, fetch, {
			at: state.deadline + LAST_LOOK_GRACE_MS,
			expire: () => this.run.tasks.end(task, { kind: 'done', evaluation: state.evaluation }),
		});
	}

	/** The verdict is there already: it is never lost for want of its details. */
	private async addDetails(task: Task, state: Detailing): Promise<void> {
		const { clock, loop, tasks } = this.run;
		const timeoutMs = lookTimeoutMs(state.deadline - clock.now());
		const request = async () => await state.fetchDetails(state.evaluation.id, timeoutMs);
		const attempt = await ask(this.run, request, timeoutMs);
		if (attempt.ok && isFinished(attempt.value)) {
			return tasks.end(task, { kind: 'done', evaluation: attempt.value });
		}
		// An answer from before the verdict is as good as none.
		const { reaction, retryAfterMs } = attempt.ok ? UNREADABLE : attempt.failure;
		const failures = state.failures + 1;
		const pauseMs = backoffMs(failures, clock.random(), retryAfterMs);
		if (reaction === 'busy') loop.slowDown(pauseMs);
		if ((reaction === 'retry' || reaction === 'busy') && failures < MAX_ATTEMPTS) {
			this.planDetails(task, { ...state, failures }, pauseMs);
		} else tasks.end(task, { kind: 'done', evaluation: state.evaluation });
	}

	private learnOfLine(state: Open, evaluation: Evaluation, age: number): void {
		if (!state.isAgeKnown) return;
		const { evaluation: before } = state;
		const wasInLine = before === undefined || isInLine(before);
		if (!isInLine(evaluation)) {
			if (wasInLine) this.line.started(age, this.run.tasks.workedOn);
			return;
		}
		const size = this.line.windowFor(age);
		if (size !== undefined) this.queue.lined(size);
	}

	/**
	 * The timeout of what is in the account's line runs anew with every verdict of the batch; what has
	 * left it once and is put back has twice the timeout in all.
	 */
	private deadline({ evaluation, runsFrom, startedAt = Infinity }: Open): number {
		const isWaiting = evaluation !== undefined && isInLine(evaluation);
		const from = isWaiting ? Math.max(runsFrom, this.queue.finishedAt) : runsFrom;
		const { timeoutMs } = this.run.options;
		return Math.min(from + timeoutMs, startedAt + 2 * timeoutMs);
	}

	/** From when the timeout of what has left the line runs, if it was in one that moves. */
	private startOf({ evaluation, acceptedAt, runsFrom, lastLookAt }: Open): number {
		const wasWaiting = evaluation !== undefined && isInLine(evaluation);
		const hasMoved = this.queue.finishedAt > acceptedAt;
		return wasWaiting && hasMoved ? Math.max(runsFrom, lastLookAt) : runsFrom;
	}
}
