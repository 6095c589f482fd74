interface Entry<T> {
	due: number;
	what: T;
}

/** What happens when in virtual time: a binary heap, which shares nothing with the code under test. */
export class Timeline<T> {
	private readonly heap: Array<Entry<T>> = [];

	get size(): number {
		return this.heap.length;
	}

	/** Time of the earliest entry; infinite when there is none. */
	nextDue(): number {
		return this.heap[0]?.due ?? Infinity;
	}

	add(due: number, what: T): void {
		const heap = this.heap;
		let at = heap.push({ due, what }) - 1;
		while (at > 0 && this.dueAt((at - 1) >> 1) > due) {
			at = this.swap(at, (at - 1) >> 1);
		}
	}

	/** Removes and returns the earliest entry if it is due. */
	takeDue(now: number): T | undefined {
		const heap = this.heap;
		if (this.nextDue() > now) return undefined;
		this.swap(0, heap.length - 1);
		const taken = heap.pop()?.what;
		this.sink();
		return taken;
	}

	private sink(): void {
		let at = 0;
		for (;;) {
			const left = 2 * at + 1;
			const earlier = this.dueAt(left + 1) < this.dueAt(left) ? left + 1 : left;
			if (this.dueAt(earlier) >= this.dueAt(at)) return;
			at = this.swap(at, earlier);
		}
	}

	private dueAt(at: number): number {
		return this.heap[at]?.due ?? Infinity;
	}

	private swap(from: number, to: number): number {
		const [a, b] = [this.heap[from], this.heap[to]];
		if (a && b) [this.heap[from], this.heap[to]] = [b, a];
		return to;
	}
}
