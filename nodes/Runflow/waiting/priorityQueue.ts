import { firstAfter } from './sorted';

interface Held<T> {
	due: number;
	value: T;
}

/** What is due when, as one sorted list; what is due at the same moment keeps its order. */
export class PriorityQueue<T> {
	private readonly entries: Array<Held<T>> = [];

	get size(): number {
		return this.entries.length;
	}

	/** Moment of the earliest; infinite when there is none. */
	get nextDue(): number {
		return this.entries[0]?.due ?? Infinity;
	}

	get first(): T | undefined {
		return this.entries[0]?.value;
	}

	add(due: number, value: T): void {
		const at = firstAfter(this.entries, (entry) => entry.due > due);
		this.entries.splice(at, 0, { due, value });
	}

	/** Removes and returns the earliest if it is due. */
	takeDue(now: number): T | undefined {
		return this.nextDue <= now ? this.entries.shift()?.value : undefined;
	}
}
