import type { ApiFailure, Attempt } from '../../api/attempt';
import {
	LONGEST_LOOK_PAUSE_MS,
	LOOK_LIFE_MS,
	MAX_RATE_LIMIT_PAUSE_MS,
	MOST_MS_PER_TURN,
	MOST_LOOKS_AT_ONCE,
	SEARCH_TURN_MS,
	SHORTEST_LOOK_PAUSE_MS,
} from '../../api/policy';
import type { Evaluation } from '../../api/types';
import type { Clock } from '../../waiting/clock';
import { isFinished } from '../../waiting/rules';
import type { Shared } from './memory';

const PASSING = ['retry', 'busy'];

/** What a search among parked evaluations found. */
export type ParkedState =
	/** By id in lower case. */
	| { kind: 'finished'; evaluations: Map<string, Evaluation> }
	/** `isUnknown`: to the API, though it gave out the id. */
	| { kind: 'open'; id: string; isUnknown: boolean }
	/** `failure` is the last one; absent when the time was up without one. */
	| { kind: 'unavailable'; failure?: ApiFailure };

/** What a search needs: one attempt to look, and what it shares with others. */
export interface Sight extends Shared {
	look: (id: string, timeoutMs: number) => Promise<Attempt<Evaluation>>;
	clock: Clock;
}

/**
 * Looks at evaluations until one turns out to be open: `first` before the others, those in random
 * order, a few at a time, more the longer none is open. Those known to be finished cost no request.
 * Passing failures are repeated, any other ends the search: an evaluation that could not be seen is
 * not known to be finished. One that the API does not know (yet) counts as open.
 * @param limitMs when it ends at the latest, whatever the API does: time that this process had for
 * it, so that answers which wait in a process that is late are not thrown away
 */
export async function lookUntilOpen(
	ids: string[],
	first: string[],
	sight: Sight,
	limitMs: number,
): Promise<ParkedState> {
	return await new Search(sight, limitMs, true).run(ids, first);
}

/** Looks at evaluations once each, whatever their state; what could be seen of them, by id in lower case. */
export async function lookAtEach(
	ids: string[],
	sight: Sight,
	limitMs: number,
): Promise<Map<string, Evaluation>> {
	const search = new Search(sight, limitMs, false);
	await search.run(ids, []);
	return search.found;
}

class Search {
	readonly found = new Map<string, Evaluation>();
	private failures = 0;
	private failure: ApiFailure | undefined;
	private isOver = false;

	constructor(
		private readonly sight: Sight,
		private leftMs: number,
		private readonly endsAtOpen: boolean,
	) {}

	async run(ids: string[], first: string[]): Promise<ParkedState> {
		const state = await Promise.race([this.search(this.inLine(ids, first)), this.timeUp()]);
		this.isOver = true;
		return state;
	}

	private inLine(ids: string[], first: string[]): string[] {
		const { finished, clock } = this.sight;
		for (const id of ids) {
			const evaluation = finished.get(id);
			if (evaluation !== undefined) this.found.set(id.toLowerCase(), evaluation);
		}
		const unknown = [...new Set(ids)].filter((id) => !this.found.has(id.toLowerCase()));
		const others = shuffled(unknown, () => clock.random());
		return [...new Set([...unknown.filter((id) => first.includes(id)), ...others])];
	}

	private async search(line: string[]): Promise<ParkedState> {
		const { pace, clock } = this.sight;
		for (let news = 0; line.length > 0 && !this.mustEnd;) {
			if (pace.readyAt(clock.now()) >= this.end) break;
			const atOnce = Math.min(MOST_LOOKS_AT_ONCE, 1 + Math.floor(news / 3));
			const round = line.splice(0, atOnce);
			const attempts = await Promise.all(round.map(async (id) => await this.look(id)));
			const failed: string[] = [];
			for (const [at, attempt] of attempts.entries()) {
				const id = round[at] ?? '';
				const isUnknown = attempt === 'missing';
				const isOpen = isUnknown || (attempt !== 'failed' && !isFinished(attempt));
				if (isOpen && this.endsAtOpen) return { kind: 'open', id, isUnknown };
				if (attempt === 'failed') failed.push(id);
				else if (attempt !== 'missing') this.found.set(id.toLowerCase(), attempt);
				if (attempt !== 'failed') news += 1;
			}
			line.push(...failed);
			if (failed.length > 0 && !PASSING.includes(this.failure?.reaction ?? 'retry')) break;
			if (failed.length > 0) await this.backOff();
			else this.failures = 0;
		}
		if (line.length === 0) return { kind: 'finished', evaluations: this.found };
		return { kind: 'unavailable', failure: this.failure };
	}

	/** One that another search found meanwhile is not asked for again. */
	private async look(id: string): Promise<Evaluation | 'missing' | 'failed'> {
		const { pace, finished, clock } = this.sight;
		while (pace.readyAt(clock.now()) > clock.now() && !this.mustEnd) {
			await this.rest(pace.readyAt(clock.now()));
		}
		const known = finished.get(id);
		if (known !== undefined) return known;
		if (pace.readyAt(clock.now()) > clock.now()) return 'failed';
		pace.take(clock.now());
		const attempt = await this.sight.look(id, LOOK_LIFE_MS);
		if (!attempt.ok) return this.missed(attempt.failure);
		pace.recover();
		if (attempt.pauseMs) pace.pauseUntil(clock.now() + attempt.pauseMs);
		const evaluation = attempt.value;
		// An answer about another evaluation says nothing about this one.
		if (evaluation.id.toLowerCase() !== id.toLowerCase()) return 'failed';
		if (isFinished(evaluation)) finished.add(evaluation);
		return evaluation;
	}

	private missed(failure: ApiFailure): 'missing' | 'failed' {
		if (failure.reaction === 'missing') return 'missing';
		const { pace, clock } = this.sight;
		this.failure = failure;
		const { reaction, retryAfterMs = SHORTEST_LOOK_PAUSE_MS } = failure;
		const pauseMs = Math.min(
			Math.max(retryAfterMs, SHORTEST_LOOK_PAUSE_MS),
			MAX_RATE_LIMIT_PAUSE_MS,
		);
		if (reaction === 'busy') pace.slowDown(clock.now(), pauseMs);
		return 'failed';
	}

	/** After a 429 it is the pace that pauses. */
	private async backOff(): Promise<void> {
		if (this.failure?.reaction === 'busy') return;
		const { clock } = this.sight;
		this.failures += 1;
		const ms = Math.min(SHORTEST_LOOK_PAUSE_MS * 2 ** (this.failures - 1), LONGEST_LOOK_PAUSE_MS);
		await this.rest(clock.now() + ms * (0.5 + clock.random() / 2));
	}

	private async timeUp(): Promise<ParkedState> {
		const { clock } = this.sight;
		while (!this.mustEnd) {
			const since = clock.now();
			await clock.sleep(Math.min(this.leftMs, SEARCH_TURN_MS));
			this.leftMs -= Math.min(clock.now() - since, MOST_MS_PER_TURN);
		}
		return { kind: 'unavailable', failure: this.failure };
	}

	private async rest(until: number): Promise<void> {
		const { clock } = this.sight;
		const end = Math.min(until, this.end);
		while (clock.now() < end && !this.mustEnd) await clock.sleep(end - clock.now());
	}

	/** When its time is up if nothing is late. */
	private get end(): number {
		return this.sight.clock.now() + this.leftMs;
	}

	private get mustEnd(): boolean {
		return this.isOver || this.sight.clock.stopped() || this.leftMs <= 0;
	}
}

function shuffled<T>(values: T[], random: () => number): T[] {
	const keyed = values.map((value) => ({ value, key: random() }));
	return keyed.sort((a, b) => a.key - b.key).map(({ value }) => value);
}
