import type { Evaluation } from '../../api/types';
import { lasting } from '../../callback/lasting';
import { PARKED_LIMITS } from '../../callback/load';
import { TokenBucket } from '../../waiting/tokenBucket';

/** Of all accounts, about 32 MB: some 5,000 evaluations, or 1,500 with all their details. */
const MOST_CHARACTERS = 16_000_000;
/** A parked execution that has not gone on by then reads them again. */
const LIFE_MS = 3_600_000;
const MOST_ACCOUNTS = 20;
/** n8n on a busy machine; when it fails to store it, a later callback is as good. */
const GOING_ON_MS = 10_000;
/** In line, and in a place. */
const LONGEST_CALLBACK_MS = PARKED_LIMITS.patienceMs + PARKED_LIMITS.placeMs;

interface Kept {
	evaluation: Evaluation;
	length: number;
	until: number;
}

/**
 * Finished evaluations that this process has seen, as the API gave them, the newest of them up to a
 * total length in JSON and an age. They do not change any more. Ids are compared case aside.
 */
export class FinishedEvaluations {
	/** The oldest first. */
	private readonly kept = new Map<string, Kept>();
	private length = 0;

	constructor(private readonly mostCharacters = MOST_CHARACTERS) {}

	/**
	 * @param place of whom and with which details
	 * @param now milliseconds, as below
	 */
	get(place: string, id: string, now: number): Evaluation | undefined {
		this.forget(now);
		return this.kept.get(keyOf(place, id))?.evaluation;
	}

	add(place: string, evaluation: Evaluation, now: number): void {
		const key = keyOf(place, evaluation.id);
		this.remove(key);
		const { length } = JSON.stringify(evaluation);
		this.kept.set(key, { evaluation, length, until: now + LIFE_MS });
		this.length += length;
		this.forget(now);
	}

	private forget(now: number): void {
		for (const [oldest, { until }] of this.kept) {
			if (this.length <= this.mostCharacters && now < until) return;
			this.remove(oldest);
		}
	}

	private remove(key: string): void {
		this.length -= this.kept.get(key)?.length ?? 0;
		this.kept.delete(key);
	}
}

const keyOf = (place: string, id: string) => `${place} ${id.toLowerCase()}`;

/** What all callbacks that this process receives for one account share. */
export interface Shared {
	pace: TokenBucket;
	finished: {
		get(id: string): Evaluation | undefined;
		add(evaluation: Evaluation): void;
	};
}

/** Runs of nodes that a callback of this process has just made go on. Times in milliseconds. */
export class GoingOn {
	/** When a callback made them go on. */
	private readonly since = new Map<string, number>();

	add(run: string, now: number): void {
		for (const [other, since] of this.since) {
			if (since + LONGEST_CALLBACK_MS <= now) this.since.delete(other);
		}
		this.since.set(run, now);
	}

	/**
	 * Until n8n has stored it; and for a callback that came before it, and has waited in line, always: what
	 * n8n read for it is the execution as it was, which may by now wait in the next round of a loop.
	 */
	has(run: string, now: number, arrivedAt: number): boolean {
		const since = this.since.get(run);
		return since !== undefined && (now < since + GOING_ON_MS || arrivedAt < since);
	}
}

const paces = new Map<string, TokenBucket>();
const memory = new FinishedEvaluations();

/**
 * The pace and the memory for an account: without them each of N callbacks would look at up to N
 * evaluations from the beginning, and N of them together would meet the account's rate limit.
 * @param account what tells accounts apart
 * @param details what the evaluations are read with; those read with less are no use
 * @param now the clock's milliseconds
 */
export function sharedBy(account: string, details: string[], now: () => number): Shared {
	const place = [account, ...details].join(' ');
	return {
		pace: lasting(paces, account, MOST_ACCOUNTS, () => new TokenBucket(now())),
		finished: {
			get: (id) => memory.get(place, id, now()),
			add: (evaluation) => memory.add(place, evaluation, now()),
		},
	};
}
