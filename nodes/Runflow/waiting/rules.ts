import type { Evaluation } from '../api/types';
import type { Durations } from './durations';

/** A just accepted evaluation may be unknown to the API for a moment; after this it is not there. */
export const EARLY_NOT_FOUND_GRACE_MS = 10_000;

const FIRST_LOOK_MS = 1_000;
const MIN_INTERVAL_MS = 250;
const MAX_INTERVAL_MS = 15_000;
const GROWTH = 0.6;
const LEARNED_GROWTH = 0.1;
const ENOUGH_DURATIONS = 5;

const FINISHED = ['completed', 'failed'];

/** Whether the evaluation will not change any more; a status nobody documented counts as open. */
export function isFinished(evaluation: Evaluation): boolean {
	return FINISHED.includes(evaluation.status_code);
}

/**
 * Milliseconds until the next look at an open evaluation that was accepted `elapsedMs` ago.
 * Alone: first after 1 s, then at intervals that grow with its age up to 15 s. In a batch whose
 * durations are known: when another tenth of those was finished, so that a verdict is seen early
 * with few requests however long evaluations take.
 * @param random a number from 0 to 1; looks are spread by up to 10 %
 */
export function nextLookMs(elapsedMs: number, durations: Durations, random: number): number {
	const interval = expectedMs(elapsedMs, durations);
	const bounded = Math.min(Math.max(interval, MIN_INTERVAL_MS), MAX_INTERVAL_MS);
	return bounded * (1 + random / 10);
}

/**
 * How long an evaluation took that was found finished at `ageMs` and open at `lastAgeMs`: what the
 * API's times say if they fit in between, else half way.
 */
export function durationBetween(lastAgeMs: number, ageMs: number, evaluation: Evaluation): number {
	const { submitted_at, completed_at } = evaluation;
	const told = Date.parse(String(completed_at)) - Date.parse(String(submitted_at));
	return told >= lastAgeMs && told <= ageMs ? told : (lastAgeMs + ageMs) / 2;
}

function expectedMs(elapsedMs: number, durations: Durations): number {
	if (durations.size < ENOUGH_DURATIONS) {
		return Math.max(FIRST_LOOK_MS, elapsedMs * GROWTH);
	}
	const moment = durations.nextTenthAfter(elapsedMs);
	if (moment === undefined) return elapsedMs * LEARNED_GROWTH;
	return Math.max(moment - elapsedMs, elapsedMs * 0.05);
}
