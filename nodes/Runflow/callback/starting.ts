/** How long n8n takes from reading this package until it has started, by how long it took until then. */
const TIMES_AS_LONG = 3;
/** Some 10 ms for each execution that waits, with room. */
const FOR_RECOVERY_MS = 10_000;
/** A package that is read later was installed into a running n8n. */
const LATEST_AT_START_MS = 60_000;

/**
 * When a starting n8n has surely ended its recovery, in the milliseconds of `performance.now()`. Until
 * then it writes each waiting execution again as it was when it read it, over what a callback has made of
 * it meanwhile, though its port is open. Nothing tells a node when that is over; a slow machine needs
 * more time for all of it. Source: n8n 2.41, `MessageEventBus.performStartupRecovery`, called by `Server.configure`.
 * @param readAt when n8n read this package, in milliseconds since the process began
 */
export function startedAt(readAt: number): number {
	return readAt > LATEST_AT_START_MS ? 0 : readAt * TIMES_AS_LONG + FOR_RECOVERY_MS;
}
