import type { Timer } from './timer';

/** A start takes less; a package that is read later was installed into a running n8n. */
const LONGEST_START_MS = 300_000;
const PAUSE_MS = 500;

/** Where n8n does not tell: how long it takes to start, by how long it took to read this package. */
const TIMES_AS_LONG = 3;
const FOR_RECOVERY_MS = 10_000;

/** Whether n8n says that it has started; undefined when it does not tell. */
export type Readiness = 'ready' | 'starting' | undefined;

/** @param now milliseconds since the process began */
export function mayBeStarting(now: number): boolean {
	return now < LONGEST_START_MS;
}

/**
 * Ends when n8n has started. Until then its recovery writes each waiting execution again as it was
 * when it read it, over what a callback has made of it meanwhile, though its port is open. Source: n8n
 * 2.30 and 2.41, `performStartupRecovery`, before `markAsReady`.
 * @param readAt when n8n read this package, in milliseconds since the process began, as the timer's are
 */
export async function untilStarted(
	ask: () => Promise<Readiness>,
	timer: Timer,
	readAt: number,
): Promise<void> {
	const startedByThen = readAt * TIMES_AS_LONG + FOR_RECOVERY_MS;
	// n8n 1.123 says that it is ready as soon as its port is open, and nothing else before.
	let tells = false;
	while (mayBeStarting(timer.now())) {
		const readiness = await ask();
		tells ||= readiness === 'starting';
		if (tells ? readiness === 'ready' : timer.now() >= startedByThen) return;
		for (const until = timer.now() + PAUSE_MS; timer.now() < until;) {
			await timer.sleep(until - timer.now());
		}
	}
}
