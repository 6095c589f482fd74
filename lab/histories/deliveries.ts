import type { VirtualTime } from '../simulation/virtualTime';
import type { Behavior } from './behavior';

const HALF_TRIP_MS = 50;
const MOST = 5;
const BETWEEN_MS = 10_000;
const LATE_MS = 30_000;

/** Receives the callback to an address about an evaluation; gives the status of its answer. */
export type Receiver = (url: string, id: string) => Promise<number>;

/** The callbacks of an API. */
export class Deliveries {
	receiver: Receiver = async () => await Promise.resolve(404);
	private count = 0;

	constructor(
		private readonly time: VirtualTime,
		private readonly behavior: Behavior,
	) {}

	/** Calls back about a new evaluation once it is finished. */
	async deliver(id: string, url: string | undefined): Promise<void> {
		const { durationMs, callbacks } = this.behavior;
		if (url === undefined || durationMs === Infinity) return;
		await this.time.sleep(durationMs + HALF_TRIP_MS);
		for (let delivery = 0; delivery < MOST; delivery++) {
			const fault = callbacks[this.count++] ?? 'fine';
			if (fault === 'late') await this.time.sleep(LATE_MS);
			const status = fault === 'lost' ? 504 : await this.receiver(url, id);
			if (status < 300) return;
			await this.time.sleep(BETWEEN_MS);
		}
	}
}
