import { MAX_ATTEMPTS } from '../api/backoff';
import type { Evaluation } from '../api/types';
import type { Durations } from './durations';

/** A new evaluation may be unknown to the API for a moment; what was not seen by then is not there. */
export const EARLY_NOT_FOUND_GRACE_MS = 10_000;

const FIRST_LOOK_MS = 1_000;
const MIN_INTERVAL_MS = 200;
const MAX_INTERVAL_MS = 15_000;
const MAX_LEARNED_INTERVAL_MS = 30_000;
const MAX_JITTER_MS = 250;
const GROWTH = 0.65;
const ENOUGH_DURATIONS = 3;
const SHARE_PER_LOOK = 1 / 7;
const LEARNED_GROWTH = 0.1;
const LEAST_LEARNED_GROWTH = 0.03;
const GROWTH_BEYOND = 0.3;

const ATTEMPTS_AT_STAKE = 10;
const SHORTEST_LOOK_TIMEOUT_MS = 5_000;
const LONGEST_LOOK_TIMEOUT_MS = 30_000;

const FINISHED = ['completed', 'failed'];

/** Whether the evaluation will not change any more; a status nobody documented counts as open. */
export function isFinished(evaluation: Evaluation): boolean {
	return FINISHED.includes(evaluation.status_code);
}

/**
 * Milliseconds until the next look at an open evaluation that was accepted `elapsedMs` ago.
 * Alone: first after 1 s, then at intervals that grow with its age up to 15 s. In a batch whose
 * durations are known: when a seventh of those that took longer than this was finished, so that a
 * verdict needs about seven looks, however long evaluations take and however much that varies.
 * @param random a number from 0 to 1; looks are spread by up to 10 %, at most 250 ms
 */
export function nextLookMs(elapsedMs: number, durations: Durations, random: number): number {
	const interval =
		durations.size < ENOUGH_DURATIONS ? firstGuess(elapsedMs) : learned(elapsedMs, durations);
	return interval + random * Math.min(interval / 10, MAX_JITTER_MS);
}

function firstGuess(elapsedMs: number): number {
	return Math.min(Math.max(FIRST_LOOK_MS, elapsedMs * GROWTH), MAX_INTERVAL_MS);
}

function learned(elapsedMs: number, durations: Durations): number {
	const moment = durations.momentAfter(elapsedMs, SHARE_PER_LOOK);
	const interval =
		moment === undefined
			? Math.max(elapsedMs * LEARNED_GROWTH, (elapsedMs - durations.longest) * GROWTH_BEYOND)
			: Math.max(moment - elapsedMs, elapsedMs * LEAST_LEARNED_GROWTH);
	return Math.min(Math.max(interval, MIN_INTERVAL_MS), MAX_LEARNED_INTERVAL_MS);
}
/**
 * How long an evaluation took that was found finished at `ageMs` and open at `lastAgeMs`: what the
 * API's times say if they fit in between, else half way. Undefined when they tell of far more: then
 * it was accepted before, in an earlier try of this execution.
 */
export function durationBetween(
	lastAgeMs: number,
	ageMs: number,
	evaluation: Evaluation,
): number | undefined {
	const { submitted_at, completed_at } = evaluation;
	const told = Date.parse(String(completed_at)) - Date.parse(String(submitted_at));
	if (told > 2 * ageMs) return undefined;
	return told >= lastAgeMs && told <= ageMs ? told : (lastAgeMs + ageMs) / 2;
}

/**
 * How often to try a submit that meets passing faults: ten times when the batch has evaluations
 * already, which a new run would bill again.
 */
export function submitAttempts(isAtStake: boolean): number {
	return isAtStake ? ATTEMPTS_AT_STAKE : MAX_ATTEMPTS;
}

/** How long to wait for the answer to a look when so much time is left until the deadline. */
export function lookTimeoutMs(leftMs: number): number {
	return Math.max(SHORTEST_LOOK_TIMEOUT_MS, Math.min(leftMs, LONGEST_LOOK_TIMEOUT_MS));
}
