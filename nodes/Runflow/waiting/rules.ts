import {
	ENOUGH_DURATIONS,
	FIRST_LOOK_OF_MANY_MS,
	FIRST_LOOK_MS,
	GROWTH_BEYOND_LONGEST,
	LAST_ANSWER_GRACE_MS,
	LEARNED_GROWTH,
	LEAST_LEARNED_GROWTH,
	LOOK_GROWTH,
	LOOK_GROWTH_OF_MANY,
	MAX_LEARNED_INTERVAL_MS,
	MAX_LOOK_INTERVAL_MS,
	MAX_LOOK_JITTER_MS,
	MIN_LOOK_INTERVAL_MS,
	MOST_STRETCH_BY_MEMORY,
	REQUEST_TIMEOUT_MS,
	SHARE_PER_LOOK,
} from '../api/policy';
import { momentAt } from '../api/read';
import type { Evaluation } from '../api/types';
import type { Durations } from './durations';

const FINISHED = ['completed', 'failed'];
/** `pending` is "accepted, not picked up"; runs of the same API wait as `queued`. */
const IN_LINE = ['pending', 'queued'];
const UNFINISHED = [...IN_LINE, 'running'];

/**
 * Whether the evaluation will not change any more. A status that nobody documented (canceled, expired)
 * counts as open until there is a time of its completion.
 */
export function isFinished(evaluation: Evaluation): boolean {
	const { status_code, completed_at } = evaluation;
	if (FINISHED.includes(status_code)) return true;
	return !UNFINISHED.includes(status_code) && !Number.isNaN(momentAt(completed_at));
}

/** Whether the account has not begun to work on the evaluation. */
export function isInLine(evaluation: Evaluation): boolean {
	return IN_LINE.includes(evaluation.status_code);
}

/**
 * Milliseconds until the next look at an open evaluation that was accepted `elapsedMs` ago.
 * Alone, or among the first eight: first after 1 s, then at intervals that grow with its age up to 15 s. In a batch whose
 * durations are known: when a seventh of those that took longer than this was finished, so that a
 * verdict needs about seven looks, however long evaluations take and however much that varies.
 * @param isOneOfMany whether others tell how long evaluations take: until then it is looked at less
 * @param random a number from 0 to 1; looks are spread by up to 10 %, at most 250 ms
 */
export function nextLookMs(
	elapsedMs: number,
	durations: Durations,
	random: number,
	isOneOfMany = false,
): number {
	const interval = intervalMs(elapsedMs, durations, isOneOfMany);
	return interval + random * Math.min(interval / 10, MAX_LOOK_JITTER_MS);
}

function intervalMs(elapsedMs: number, durations: Durations, isOneOfMany: boolean): number {
	const guess = firstGuess(elapsedMs, isOneOfMany);
	if (durations.size < ENOUGH_DURATIONS) return guess;
	const known = learned(elapsedMs, durations);
	return durations.own < ENOUGH_DURATIONS ? Math.min(known, MOST_STRETCH_BY_MEMORY * guess) : known;
}

function firstGuess(elapsedMs: number, isOneOfMany: boolean): number {
	const firstMs = isOneOfMany ? FIRST_LOOK_OF_MANY_MS : FIRST_LOOK_MS;
	const growth = isOneOfMany ? LOOK_GROWTH_OF_MANY : LOOK_GROWTH;
	return Math.min(Math.max(firstMs, elapsedMs * growth), MAX_LOOK_INTERVAL_MS);
}

function learned(elapsedMs: number, durations: Durations): number {
	const moment = durations.momentAfter(elapsedMs, SHARE_PER_LOOK);
	const beyond = (elapsedMs - durations.longest) * GROWTH_BEYOND_LONGEST;
	const interval =
		moment === undefined
			? Math.max(elapsedMs * LEARNED_GROWTH, beyond)
			: Math.max(moment - elapsedMs, elapsedMs * LEAST_LEARNED_GROWTH);
	return Math.min(Math.max(interval, MIN_LOOK_INTERVAL_MS), MAX_LEARNED_INTERVAL_MS);
}

/**
 * How long an evaluation took that was found finished at `ageMs` and open at `lastAgeMs`: what the
 * API's times say if they fit in between, else half way. Undefined when they tell of far more: then
 * it was accepted before, in an earlier try of this execution.
 */
export function durationBetween(
	lastAgeMs: number,
	ageMs: number,
	{ submitted_at, completed_at }: Evaluation,
): number | undefined {
	const told = momentAt(completed_at) - momentAt(submitted_at);
	if (told > 2 * ageMs) return undefined;
	return told >= lastAgeMs && told <= ageMs ? told : (lastAgeMs + ageMs) / 2;
}

/** How long to wait for the answer to a look when so much time is left until the deadline. */
export function lookTimeoutMs(leftMs: number): number {
	return Math.min(leftMs + LAST_ANSWER_GRACE_MS, REQUEST_TIMEOUT_MS);
}
