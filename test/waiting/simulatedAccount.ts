/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { httpFailure, networkFailure } from '../../nodes/Runflow/api/failure';
import type { Attempt, Evaluation } from '../../nodes/Runflow/api/types';
import type { Gateway } from '../../nodes/Runflow/waiting/batch';
import type { VirtualTime } from './virtualTime';

export interface AccountOptions {
	inFlightCap: number;
	durationMs: (index: number) => number;
	roundTripMs: number;
	/** What the API answers instead, by request number of its kind. */
	submitFault?: (index: number, request: number) => Attempt<Evaluation> | undefined;
	lookFault?: (id: string, request: number) => Attempt<Evaluation> | undefined;
	retryAfter?: number;
	code429?: string;
}

/** A Runflow account in virtual time: takes so many evaluations at once and finishes each in time. */
export class SimulatedAccount implements Gateway {
	readonly finishesAt = new Map<string, number>();
	readonly requestTimes: number[] = [];
	submits = 0;
	looks = 0;
	refusals = 0;
	mostInFlight = 0;
	private readonly time: VirtualTime;
	private readonly options: AccountOptions;

	constructor(time: VirtualTime, options: Partial<AccountOptions> = {}) {
		this.time = time;
		this.options = { inFlightCap: 1_000, durationMs: () => 40_000, roundTripMs: 100, ...options };
	}

	async submit(index: number): Promise<Attempt<Evaluation>> {
		await this.travel();
		this.submits += 1;
		const fault = this.options.submitFault?.(index, this.submits);
		const inFlight = [...this.finishesAt.values()].filter((end) => end > this.time.now()).length;
		const full = fault === undefined && inFlight >= this.options.inFlightCap;
		if (fault === undefined && !full) this.accept(index, inFlight + 1);
		await this.travel();
		return fault ?? (full ? this.refuse() : this.state(`e${index}`));
	}

	async look(id: string): Promise<Attempt<Evaluation>> {
		await this.travel();
		this.looks += 1;
		const answer = this.options.lookFault?.(id, this.looks) ?? this.state(id);
		await this.travel();
		return answer;
	}

	/** An evaluation that exists before the batch starts. */
	existing(id: string, finishesAt: number): void {
		this.finishesAt.set(id, finishesAt);
	}

	/** The shortest time in which a schedule of this cap can end. */
	lowerBoundMs(count: number): number {
		const slots = new Array<number>(Math.min(this.options.inFlightCap, count)).fill(0);
		for (let index = 0; index < count; index++) {
			const earliest = slots.indexOf(Math.min(...slots));
			slots[earliest] = (slots[earliest] ?? 0) + this.options.durationMs(index);
		}
		return Math.max(...slots);
	}

	private accept(index: number, inFlight: number): void {
		this.finishesAt.set(`e${index}`, this.time.now() + this.options.durationMs(index));
		this.mostInFlight = Math.max(this.mostInFlight, inFlight);
	}

	private refuse(): Attempt<Evaluation> {
		this.refusals += 1;
		const { retryAfter, code429 = 'TOO_MANY_IN_FLIGHT' } = this.options;
		const failure = httpFailure(429, { code: code429 }, { subject: 'Evaluations' });
		const retryAfterMs = retryAfter === undefined ? undefined : retryAfter * 1_000;
		return { ok: false, failure: { ...failure, retryAfterMs } };
	}

	private state(id: string): Attempt<Evaluation> {
		const end = this.finishesAt.get(id);
		if (end === undefined) return answered(404);
		if (this.time.now() < end) return { ok: true, value: { id, status_code: 'running' } };
		const start = end - this.options.durationMs(Number(id.slice(1)));
		const submitted_at = new Date(start).toISOString();
		const completed_at = new Date(end).toISOString();
		return { ok: true, value: { id, status_code: 'completed', submitted_at, completed_at } };
	}

	private async travel(): Promise<void> {
		this.requestTimes.push(this.time.now());
		await this.time.sleep(this.options.roundTripMs / 2);
	}
}

/** A failed attempt with this status. */
export function answered(status: number): Attempt<Evaluation> {
	return { ok: false, failure: httpFailure(status, undefined, { subject: 'Evaluation' }) };
}

export const CONNECTION_LOST: Attempt<Evaluation> = {
	ok: false,
	failure: networkFailure('ECONNRESET'),
};
