import type { Evaluation } from '../../api/types';
import { TokenBucket } from '../../waiting/tokenBucket';

/** About 32 MB: some 5,000 evaluations, or 1,500 with all their details. */
const MOST_CHARACTERS = 16_000_000;
const MOST_ACCOUNTS = 20;
/** n8n on a busy machine; when it fails to store it, a later callback is as good. */
const GOING_ON_MS = 10_000;

/**
 * Finished evaluations that this process has seen, as the API gave them, the newest of them up to a
 * total length in JSON. They do not change any more. Ids are compared case aside.
 */
export class FinishedEvaluations {
	private readonly kept = new Map<string, { evaluation: Evaluation; length: number }>();
	private length = 0;

	constructor(private readonly mostCharacters = MOST_CHARACTERS) {}

	get(id: string): Evaluation | undefined {
		return this.kept.get(id.toLowerCase())?.evaluation;
	}

	add(evaluation: Evaluation): void {
		const id = evaluation.id.toLowerCase();
		this.remove(id);
		const { length } = JSON.stringify(evaluation);
		this.kept.set(id, { evaluation, length });
		this.length += length;
		for (const oldest of this.kept.keys()) {
			if (this.length <= this.mostCharacters) return;
			this.remove(oldest);
		}
	}

	private remove(id: string): void {
		this.length -= this.kept.get(id)?.length ?? 0;
		this.kept.delete(id);
	}
}

/** What all callbacks that this process receives for one account share. */
export interface Shared {
	pace: TokenBucket;
	finished: FinishedEvaluations;
}

/** Runs of nodes that a callback of this process has just made go on, until n8n has stored that. */
export class GoingOn {
	private readonly until = new Map<string, number>();

	/** @param now milliseconds, as below */
	add(run: string, now: number): void {
		for (const [other, until] of this.until) if (until <= now) this.until.delete(other);
		this.until.set(run, now + GOING_ON_MS);
	}

	has(run: string, now: number): boolean {
		return (this.until.get(run) ?? now) > now;
	}
}

const paces = new Map<string, TokenBucket>();
const memories = new Map<string, FinishedEvaluations>();

/**
 * The pace and the memory for an account: without them each of N callbacks would look at up to N
 * evaluations from the beginning, and N of them together would meet the account's rate limit.
 * @param account what tells accounts apart
 * @param details what the evaluations are read with; those read with less are no use
 * @param now the clock's milliseconds
 */
export function sharedBy(account: string, details: string[], now: number): Shared {
	const place = [account, ...details].join(' ');
	return {
		pace: lasting(paces, account, () => new TokenBucket(now)),
		finished: lasting(memories, place, () => new FinishedEvaluations()),
	};
}

function lasting<T>(all: Map<string, T>, key: string, create: () => T): T {
	const value = all.get(key) ?? create();
	all.delete(key);
	all.set(key, value);
	for (const longestUnused of all.keys()) {
		if (all.size > MOST_ACCOUNTS) all.delete(longestUnused);
	}
	return value;
}
