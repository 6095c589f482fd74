import type { Task } from './tasks';

interface Fault {
	task: Task;
	at: number;
}

/** Whether a fault is one task's own, or Runflow's at large. Moments are the clock's milliseconds. */
export class Health {
	private goodAt = -Infinity;
	/** The last faults of two different tasks, the latest first. */
	private faults: Fault[] = [];

	good(now: number): void {
		this.goodAt = now;
	}

	fault(task: Task, now: number): void {
		const others = this.faults.filter((fault) => fault.task !== task);
		this.faults = [{ task, at: now }, ...others.slice(0, 1)];
	}

	get wasEverGood(): boolean {
		return this.goodAt > -Infinity;
	}

	/** Whether anything was answered as it should be. */
	wasGoodSince(moment: number): boolean {
		return this.goodAt >= moment;
	}

	/** Whether other tasks met faults too. */
	othersFailedSince(moment: number, task: Task): boolean {
		return this.faults.some((fault) => fault.task !== task && fault.at >= moment);
	}
}
