/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { VirtualTime } from '../simulation/virtualTime';

/** 2026-01-01, when every history begins. */
export const WALL_MS = 1_767_225_600_000;

/** One n8n process in which an execution runs. */
export class Process {
	/** From then on nothing that it does has an effect. */
	isDead = false;
	/** It was parked when the user stopped it: a retry runs none of the node's code. */
	wasParked = false;
	private readonly stopping = new AbortController();
	/** Lines of its log. */
	readonly log: string[] = [];
	/** How long it stood still in all. */
	stoodStillMs = 0;
	private stalledUntil = 0;

	constructor(readonly time: VirtualTime) {}

	/** The user stopped the execution. */
	get isStopped(): boolean {
		return this.stopping.signal.aborted;
	}

	get signal(): AbortSignal {
		return this.stopping.signal;
	}

	stop(): void {
		this.stopping.abort();
	}

	/** It stands still from now on, as a paused container does. */
	stall(ms: number): void {
		this.stalledUntil = this.time.elapsed() + ms;
		this.stoodStillMs += ms;
	}

	/** Sleeps; who wakes up in a stall goes on at its end, timers before what sockets have read. */
	async sleep(ms: number, kind: 'timer' | 'socket' = 'timer'): Promise<void> {
		await this.time.sleep(ms);
		const late = this.stalledUntil - this.time.elapsed();
		if (late > 0) await this.time.sleep(late + (kind === 'socket' ? 1 : 0));
		if (this.isDead) await new Promise(() => {});
	}

	write(line: string): void {
		if (!this.isDead) this.log.push(line);
	}
}

/** Timers and clocks of code that takes none from outside. */
export function withVirtualGlobals(time: VirtualTime): () => void {
	const { setTimeout } = globalThis;
	const { now } = performance;
	const { now: today } = Date;
	const virtual = (call: () => void, ms = 0) => time.at(time.elapsed() + ms, call);
	Object.assign(globalThis, { setTimeout: virtual });
	performance.now = () => time.now();
	Date.now = () => WALL_MS + time.elapsed();
	return () => {
		Object.assign(globalThis, { setTimeout });
		performance.now = now;
		Date.now = today;
	};
}
