import type { ApiFailure } from '../api/attempt';
import type { Evaluation } from '../api/types';
import type { BatchItem, Outcome, Task } from './batch';

/** How far each item of a batch is: waiting in line, open at Runflow, or ended. */
export class Progress {
	readonly outcomes = new Map<number, Outcome>();
	readonly tasks: Task[];
	private readonly open = new Set<Task>();

	constructor(items: BatchItem[], now: number) {
		this.tasks = items.map((item) => ({
			...item,
			failures: 0,
			acceptedAt: now,
			isAgeKnown: false,
			lastLookAt: now,
		}));
	}

	/** How many evaluations of this batch are not finished, as far as is known. */
	get openCount(): number {
		return this.open.size;
	}

	get isComplete(): boolean {
		return this.outcomes.size === this.tasks.length;
	}

	hasEnded(task: Task): boolean {
		return this.outcomes.has(task.index);
	}

	accepted(task: Task, evaluation: Evaluation, now: number): void {
		task.id = evaluation.id;
		task.last = evaluation;
		task.acceptedAt = task.lastLookAt = now;
		task.isAgeKnown = true;
		task.failures = 0;
		this.open.add(task);
	}

	seen(task: Task, evaluation: Evaluation, now: number): void {
		task.last = evaluation;
		task.lastLookAt = now;
		task.failures = 0;
	}

	watched(task: Task): void {
		this.open.add(task);
	}

	/** Finished at Runflow; its details may still be wanted. */
	finished(task: Task): void {
		this.open.delete(task);
	}

	end(task: Task, outcome: Outcome): void {
		this.open.delete(task);
		this.outcomes.set(task.index, outcome);
	}

	/** Ends the waiting for all that are open at Runflow. */
	endOpen(kind: 'failed' | 'notAwaited', failure: ApiFailure): void {
		for (const task of [...this.open]) this.end(task, { kind, failure, id: task.id ?? '' });
	}

	/** What was accepted and has not ended stays open. */
	leaveOpen(): void {
		for (const task of this.tasks) {
			if (this.hasEnded(task) || task.last === undefined) continue;
			this.outcomes.set(task.index, { kind: 'open', evaluation: task.last });
		}
	}
}
