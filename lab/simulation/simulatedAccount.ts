import type { Attempt } from '../../nodes/Runflow/api/attempt';
import { answerFailure, networkFailure } from '../../nodes/Runflow/api/failure';
import type { Evaluation } from '../../nodes/Runflow/api/types';
import type { FetchDetails } from '../../nodes/Runflow/waiting/batch';
import { Timeline } from './timeline';
import type { VirtualTime } from './virtualTime';

type Answer = Attempt<Evaluation>;

export interface AccountOptions {
	inFlightCap: number;
	/** How many of those it works on; the others are pending in its line. */
	worksOn: number;
	/** Share of its duration an evaluation is pending though it is worked on. */
	pendingShare: number;
	durationMs: (index: number) => number;
	roundTripMs: number;
	/** Status of what is not finished. */
	openStatus: string;
	/** What the API answers instead, by the number of the request of its kind and the time. */
	submitFault?: (index: number, request: number, now: number) => Answer | undefined;
	lookFault?: (id: string, request: number, now: number) => Answer | undefined;
	/** Whether a submit does its work and its answer gets lost. */
	losesAnswer?: (index: number, request: number) => boolean;
	/** Whether the answer drips in for ever. */
	drips?: (kind: SimulatedRequest['kind'], id: string, now: number) => boolean;
	/** How long to rest, as the headers of good answers say. */
	pauseMs?: (now: number) => number | undefined;
	/** Answers the request for details; absent when nobody asks for any. */
	details?: (id: string) => Answer;
	/** Seconds of `Retry-After` on a refusal. */
	retryAfter?: number;
	code429: string;
}

export interface SimulatedRequest {
	at: number;
	kind: 'submit' | 'look' | 'details';
	id: string;
}

/** A Runflow account in virtual time: takes so many evaluations at once and finishes each in time. */
export class SimulatedAccount {
	/** Live: a change takes effect with the next request. */
	readonly options: AccountOptions;
	readonly requests: SimulatedRequest[] = [];
	/** Milliseconds that each look was to take at most. */
	readonly lookTimeouts: number[] = [];
	readonly finishesAt = new Map<string, number>();
	readonly fetchDetails?: FetchDetails;
	submits = 0;
	looks = 0;
	refusals = 0;
	mostInFlight = 0;
	/** Requests without an answer yet. */
	unanswered = 0;
	private readonly startsAt = new Map<string, number>();
	private readonly ends: number[] = [];
	private readonly inFlight = new Timeline<string>();

	constructor(
		private readonly time: VirtualTime,
		options: Partial<AccountOptions> = {},
	) {
		this.options = {
			inFlightCap: 1_000,
			worksOn: Infinity,
			pendingShare: 0,
			durationMs: () => 40_000,
			roundTripMs: 100,
			openStatus: 'running',
			code429: 'TOO_MANY_IN_FLIGHT',
			...options,
		};
		const { details } = this.options;
		if (details) {
			this.fetchDetails = async (id) => await this.answer('details', id, () => details(id));
		}
	}

	async submit(index: number): Promise<Answer> {
		const { submitFault, losesAnswer, inFlightCap } = this.options;
		const id = `e${index}`;
		return await this.answer('submit', id, () => {
			this.submits += 1;
			const fault = submitFault?.(index, this.submits, this.time.elapsed());
			if (fault) return fault;
			const isKnown = this.finishesAt.has(id);
			if (!isKnown && this.countInFlight() >= inFlightCap) return this.refuse();
			if (!isKnown) this.accept(index);
			return losesAnswer?.(index, this.submits) ? CONNECTION_LOST : this.state(id);
		});
	}

	async look(id: string, timeoutMs = Infinity): Promise<Answer> {
		this.lookTimeouts.push(timeoutMs);
		const { lookFault } = this.options;
		return await this.answer('look', id, () => {
			this.looks += 1;
			return lookFault?.(id, this.looks, this.time.elapsed()) ?? this.state(id);
		});
	}

	/** An evaluation that exists before the batch starts. */
	existing(id: string, finishesAt: number): void {
		this.finishesAt.set(id, finishesAt);
	}

	/** The shortest time in which the items can be finished in their order under the cap. */
	lowerBoundMs(count: number): number {
		const slots = new Array<number>(Math.min(this.options.inFlightCap, count)).fill(0);
		for (let index = 0; index < count; index++) {
			const earliest = slots.indexOf(Math.min(...slots));
			slots[earliest] = (slots[earliest] ?? 0) + this.options.durationMs(index);
		}
		return Math.max(...slots);
	}

	private async answer(
		kind: SimulatedRequest['kind'],
		id: string,
		work: () => Answer,
	): Promise<Answer> {
		this.requests.push({ at: this.time.elapsed(), kind, id });
		this.unanswered += 1;
		await this.time.sleep(this.options.roundTripMs / 2);
		const answer = work();
		if (this.options.drips?.(kind, id, this.time.elapsed())) return await new Promise(() => {});
		await this.time.sleep(this.options.roundTripMs / 2);
		this.unanswered -= 1;
		return answer.ok ? { ...answer, pauseMs: this.options.pauseMs?.(this.time.elapsed()) } : answer;
	}

	private countInFlight(): number {
		while (this.inFlight.takeDue(this.time.elapsed()) !== undefined);
		return this.inFlight.size;
	}

	private accept(index: number): void {
		const start = this.startOfNext();
		const end = start + this.options.durationMs(index);
		this.startsAt.set(`e${index}`, start + (end - start) * this.options.pendingShare);
		this.finishesAt.set(`e${index}`, end);
		this.ends.push(end);
		this.inFlight.add(end, `e${index}`);
		this.mostInFlight = Math.max(this.mostInFlight, this.countInFlight());
	}

	/** As soon as fewer than it works on are unfinished: a line in which everybody keeps his place. */
	private startOfNext(): number {
		const now = this.time.elapsed();
		const { worksOn } = this.options;
		if (worksOn === Infinity) return now;
		const unfinished = this.ends.filter((end) => end > now).sort((a, b) => b - a);
		return unfinished[worksOn - 1] ?? now;
	}

	private refuse(): Answer {
		this.refusals += 1;
		return refusal(this.options.code429, this.options.retryAfter);
	}

	private state(id: string): Answer {
		const end = this.finishesAt.get(id);
		if (end === undefined) return answered(404);
		const { openStatus, durationMs } = this.options;
		if (this.time.elapsed() < (this.startsAt.get(id) ?? 0)) {
			return { ok: true, value: { id, status_code: 'pending' } };
		}
		if (this.time.elapsed() < end) return { ok: true, value: { id, status_code: openStatus } };
		const submitted_at = new Date(end - durationMs(Number(id.slice(1)))).toISOString();
		const completed_at = new Date(end).toISOString();
		return { ok: true, value: { id, status_code: 'completed', submitted_at, completed_at } };
	}
}

/** A failed attempt with this status, in the words of the API unless others are given. */
export function answered(status: number, body: unknown = { code: `E${status}` }): Answer {
	return { ok: false, failure: answerFailure(status, body, { subject: 'Evaluation' }) };
}

/** A 429, with `Retry-After` if there are seconds to wait. */
export function refusal(code: string, retryAfter?: number): Answer {
	const failure = answerFailure(429, { code }, { subject: 'Evaluations' });
	const retryAfterMs = retryAfter === undefined ? undefined : retryAfter * 1_000;
	return { ok: false, failure: { ...failure, retryAfterMs } };
}

export const CONNECTION_LOST: Answer = {
	ok: false,
	failure: networkFailure({ subject: 'Evaluation' }, 'ECONNRESET'),
};
