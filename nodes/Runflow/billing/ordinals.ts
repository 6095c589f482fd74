/** How often each question was asked, by the place in the execution that asked it. */
export type TimesAsked = Record<string, Record<string, number>>;

/**
 * Tells equal questions of one execution apart: a loop may have an image made again under the same
 * address. A place is a node and its run. One that starts again counts again from the start, so
 * that a retry finds the numbers of the first try.
 */
export class Ordinals {
	private counts: Record<string, number> | undefined;

	/** @param goesOn whether the place has one count for all its runs, as a tool has */
	constructor(
		private readonly asked: TimesAsked,
		private readonly place: string,
		private readonly goesOn: boolean,
	) {}

	/** It starts again with the first question: a batch that asks none forgets none. */
	private get here(): Record<string, number> {
		const counts = this.counts ?? ((this.goesOn && this.asked[this.place]) || {});
		this.counts = counts;
		this.asked[this.place] = counts;
		return counts;
	}

	/** How often it was asked elsewhere before. */
	earlier(question: string): number {
		const name = placeIn(question);
		let count = 0;
		for (const [place, asked] of Object.entries(this.asked)) {
			if (place !== this.place) count += asked[name] ?? 0;
		}
		return count;
	}

	/**
	 * How often it was asked here before; counts it, unless the place counts what was answered.
	 * @param isOne whether equal ones of this place are one question
	 */
	ask(question: string, isOne = false): number {
		const before = this.here[placeIn(question)] ?? 0;
		if (!this.goesOn && !(isOne && before > 0)) this.add(question);
		return before;
	}

	/**
	 * Where n8n counts every attempt as a run of its own, only what was answered counts: what a retry
	 * asks is the same question, what is asked after an answer is a new one.
	 */
	answered(question: string): void {
		if (this.goesOn) this.add(question);
	}

	private add(question: string): void {
		const name = placeIn(question);
		this.here[name] = (this.here[name] ?? 0) + 1;
	}
}

/** n8n stores it with the execution; two questions that share it would only be told apart. */
function placeIn(question: string): string {
	return question.slice(0, 20);
}
