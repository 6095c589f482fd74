import { STOPPED } from '../api/failure';
import type { ApiFailure } from '../api/attempt';
import type { Evaluation } from '../api/types';
import type { BatchItem, FetchDetails, Outcome, Submit } from './batch';
import { isInLine } from './rules';

/** Moments are the clock's milliseconds. */
export interface Queued {
	kind: 'queued';
	submit: Submit;
	limitMs?: number;
}

/** Its request is under way, or will be repeated after a passing fault. */
export interface Submitting {
	kind: 'submitting';
	job: Queued;
	/** Faults in a row, for the pause between attempts. */
	failures: number;
	/** Faults that were this submit's own and no outage. */
	attempts: number;
	/** Whether an attempt had no answer that can be used: it may have been accepted all the same. */
	isLost: boolean;
	startedAt: number;
	triedAt: number;
	/** How many others were under way when it was tried. */
	others: number;
}

/** Accepted and not known to be finished. */
export interface Open {
	kind: 'open';
	id: string;
	acceptedAt: number;
	/** Whether this batch saw it accepted; else its age counts from the start of the wait. */
	isAgeKnown: boolean;
	/** Whether enough others were open before it to tell how long evaluations take. */
	isOneOfMany: boolean;
	/** When its timeout began to run. */
	runsFrom: number;
	/** When it was first seen to be worked on. */
	startedAt?: number;
	lastLookAt: number;
	failures: number;
	evaluation?: Evaluation;
	/** Why the last look brought nothing. */
	lastFailure?: ApiFailure;
}

/** The verdict is there, its details are not. */
export interface Detailing {
	kind: 'detailing';
	evaluation: Evaluation;
	fetchDetails: FetchDetails;
	failures: number;
	deadline: number;
}

export interface Ended {
	kind: 'ended';
	outcome: Outcome;
}

export type TaskState = Queued | Submitting | Open | Detailing | Ended;

export interface Task {
	readonly index: number;
	readonly fetchDetails?: FetchDetails;
	/** Replaced with every change, so that what was planned for an earlier one is obsolete. */
	state: TaskState;
}

export interface QueuedTask {
	task: Task;
	job: Queued;
}

export interface OpenTask {
	task: Task;
	state: Open;
}

/** All items of a batch, each in exactly one state. */
export class Tasks {
	private readonly all: Task[];
	private readonly counts = { queued: 0, submitting: 0, open: 0, detailing: 0, ended: 0 };
	private working = 0;

	constructor(items: BatchItem[], now: number) {
		this.all = items.map(({ index, job, fetchDetails }) => ({
			index,
			fetchDetails,
			state: 'id' in job ? existing(job.id, now) : { kind: 'queued', ...job },
		}));
		for (const { state } of this.all) this.counts[state.kind] += 1;
	}

	count(kind: TaskState['kind']): number {
		return this.counts[kind];
	}

	/** Evaluations that exist and are not finished, and those that may come of running submits. */
	get underWay(): number {
		return this.counts.open + this.counts.submitting;
	}

	/** Open evaluations that the account works on, as far as the looks have told. */
	get workedOn(): number {
		return this.working;
	}

	get haveEnded(): boolean {
		return this.counts.ended === this.all.length;
	}

	move(task: Task, state: TaskState): void {
		this.counts[task.state.kind] -= 1;
		this.counts[state.kind] += 1;
		this.working += Number(isWorkedOn(state)) - Number(isWorkedOn(task.state));
		task.state = state;
	}

	end(task: Task, outcome: Outcome): void {
		this.move(task, { kind: 'ended', outcome });
	}

	queued(): QueuedTask[] {
		return this.all.flatMap((task) => {
			const { state } = task;
			return state.kind === 'queued' ? { task, job: state } : [];
		});
	}

	open(): OpenTask[] {
		return this.all.flatMap((task) => {
			const { state } = task;
			return state.kind === 'open' ? { task, state } : [];
		});
	}

	/** Ends the waiting for all that are open. */
	endOpen(kind: 'failed' | 'notAwaited', failure: ApiFailure): void {
		for (const { task, state } of this.open()) this.end(task, { kind, failure, id: state.id });
	}

	/**
	 * How each item ended, by its index: every one has an outcome.
	 * @param unfinished why some have none of their own; without it what is open stays open
	 */
	outcomes(unfinished: ApiFailure | undefined): Map<number, Outcome> {
		return new Map(this.all.map(({ index, state }) => [index, outcomeOf(state, unfinished)]));
	}
}

function outcomeOf(state: TaskState, unfinished: ApiFailure | undefined): Outcome {
	switch (state.kind) {
		case 'ended':
			return state.outcome;
		case 'detailing':
			return { kind: 'done', evaluation: state.evaluation };
		case 'open': {
			const { id, evaluation = { id, status_code: 'pending' } } = state;
			return unfinished
				? { kind: 'failed', failure: unfinished, id }
				: { kind: 'open', evaluation };
		}
		case 'submitting':
			return { kind: 'failed', failure: unfinished ?? STOPPED };
		case 'queued':
			return { kind: 'notSubmitted', failure: unfinished ?? STOPPED };
	}
}

function isWorkedOn(state: TaskState): boolean {
	return state.kind === 'open' && state.evaluation !== undefined && !isInLine(state.evaluation);
}

function existing(id: string, now: number): Open {
	return {
		kind: 'open',
		id,
		acceptedAt: now,
		isAgeKnown: false,
		isOneOfMany: false,
		runsFrom: now,
		lastLookAt: now,
		failures: 0,
	};
}
