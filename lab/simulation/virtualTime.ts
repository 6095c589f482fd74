/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import type { Clock } from '../../nodes/Runflow/waiting/clock';
import { Timeline } from './timeline';

/** A clock starts anywhere: what mixes up moments and durations must not go unnoticed. */
const START_MS = 86_400_000;

/** Time that passes only when everything is asleep: hours of waiting in milliseconds. */
export class VirtualTime implements Clock {
	private moment = 0;
	private isStopped = false;
	private seed = 1;
	private planned = 0;
	private readonly sleepers = new Timeline<() => void>();

	now(): number {
		return START_MS + this.moment;
	}

	/** Virtual milliseconds since the start. */
	elapsed(): number {
		return this.moment;
	}

	stopped(): boolean {
		return this.isStopped;
	}

	/** A repeatable sequence (Park and Miller). */
	random(): number {
		this.seed = (this.seed * 48_271) % 2_147_483_647;
		return this.seed / 2_147_483_647;
	}

	async sleep(ms: number): Promise<void> {
		await new Promise<void>((resolve) => this.at(this.moment + ms, resolve));
	}

	/** Plans a call so long after the start; calls at the same moment come in the order of planning. */
	at(moment: number, call: () => void): void {
		this.planned += 1;
		this.sleepers.add(moment + this.planned * 1e-9, call);
	}

	stop(): void {
		this.isStopped = true;
	}

	/** Lets time pass until `work` is done. */
	async during<T>(work: Promise<T>): Promise<T> {
		let done = false;
		const finish = () => (done = true);
		work.then(finish, finish);
		for (;;) {
			await new Promise((resolve) => setImmediate(resolve));
			if (done) return await work;
			const next = this.sleepers.nextDue();
			if (next === Infinity) continue;
			this.moment = Math.max(this.moment, next);
			this.sleepers.takeDue(this.moment)?.();
		}
	}
}
