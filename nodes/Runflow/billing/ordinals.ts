/**
 * By place, the questions that it asked, in the order of the places; of a tool, how often each was
 * answered.
 */
export type TimesAsked = Record<string, Record<string, number>>;

/** Which asking of a question it is. */
export interface Ordinal {
	/** The node that asks; absent where those of all nodes count together, each round once. */
	node?: string;
	/** How many rounds asked this question before: never where a round stands among all. */
	round: number;
	/** How often its round asked it before. */
	index: number;
}

/** A run of a node; a tool has one place for all its runs. */
export interface Place {
	node: string;
	run?: number;
}

/**
 * Tells equal questions of one execution apart: a loop may have an image made again under the same
 * address. A place that starts again counts again from the start, so that a retry finds the ordinals
 * of the first try. That a place asked a question stays known, even when it asks others in a retry:
 * no later place takes its turn.
 */
export class Ordinals {
	private readonly name: string;
	private readonly counts = new Map<string, number>();
	private readonly before: { all: Asked[]; ofNode: Asked[] };

	constructor(
		private readonly asked: TimesAsked,
		private readonly place: Place,
	) {
		this.name = `${place.node}|${place.run ?? ''}`;
		const names = Object.keys(asked);
		const all = this.name in asked ? names.slice(0, names.indexOf(this.name)) : names;
		const ofNode = all.filter((name) => name.slice(0, name.lastIndexOf('|')) === place.node);
		const askedAt = (name: string): Asked => asked[name] ?? {};
		this.before = { all: all.map(askedAt), ofNode: ofNode.map(askedAt) };
	}

	/** Each row that an execution asks for itself is another question. */
	own(question: string): Ordinal {
		const { node } = this.place;
		const name = shorten(question);
		const round = roundsOf(this.before.ofNode, name);
		if (this.isTool) return { node, round: round + (this.here[name] ?? 0), index: 0 };
		const index = this.counts.get(name) ?? 0;
		this.counts.set(name, index + 1);
		this.here[name] = 1;
		return { node, round, index };
	}

	/** Rows of one round that share a key with others are one question, and so are all calls of a tool. */
	shared(question: string): Ordinal {
		const name = shorten(question);
		if (!this.isTool) this.here[name] = 1;
		return { round: roundsOf(this.before.all, name), index: 0 };
	}

	/**
	 * Where n8n counts every attempt as a run of its own, only what was answered counts: what a retry
	 * asks is the same question, what is asked after an answer is a new one.
	 */
	answered(question: string): void {
		const name = shorten(question);
		if (this.isTool) this.here[name] = (this.here[name] ?? 0) + 1;
	}

	private get isTool(): boolean {
		return this.place.run === undefined;
	}

	private get here(): Asked {
		const here = this.asked[this.name] ?? {};
		this.asked[this.name] = here;
		return here;
	}
}

type Asked = Record<string, number>;

function roundsOf(places: Asked[], name: string): number {
	return places.filter((asked) => asked[name] !== undefined).length;
}

/** n8n stores it with the execution; two questions that share it would only be told apart. */
function shorten(question: string): string {
	return question.slice(0, 20);
}
