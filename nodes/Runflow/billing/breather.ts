import { sleep } from 'n8n-workflow';

const LONGEST_RUN_MS = 15;

/**
 * Lets n8n do other work now and then: a loop that never waits for anything but promises stops its
 * web server, and a liveness probe would end it.
 */
export class Breather {
	private since = performance.now();

	/** Call it once for each piece of work that takes a few milliseconds at most. */
	async pause(): Promise<void> {
		if (performance.now() - this.since < LONGEST_RUN_MS) return;
		await sleep(0);
		this.since = performance.now();
	}
}
