import type { ApiFailure } from '../api/attempt';
import { MAX_ATTEMPTS } from '../api/policy';
import type { Task } from './tasks';

/** So many refusals by what is not the API show a wrong address, even while other requests run. */
const MOST_STRANGE = 20;

interface Fault {
	task: Task;
	at: number;
}

/** Whether a fault is one task's own, or Runflow's at large. Moments are the clock's milliseconds. */
export class Health {
	private goodAt = -Infinity;
	/** The last faults of two different tasks, the latest first. */
	private faults: Fault[] = [];

	/** Refusals by what is not the API. */
	private strange = 0;

	good(now: number): void {
		this.goodAt = now;
	}

	fault(task: Task, now: number): void {
		const others = this.faults.filter((fault) => fault.task !== task);
		this.faults = [{ task, at: now }, ...others.slice(0, 1)];
	}

	/**
	 * Whether a refusal shows that nothing gets through to the API: others were refused by what is not
	 * the API, and nothing was ever answered as it should be.
	 * @param othersRun whether requests are under way that may show otherwise
	 */
	isCutOff({ isFromApi, status }: ApiFailure, othersRun: boolean): boolean {
		if (isFromApi === true || status === undefined) return false;
		this.strange += 1;
		return !this.wasEverGood && this.strange >= (othersRun ? MOST_STRANGE : MAX_ATTEMPTS);
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
