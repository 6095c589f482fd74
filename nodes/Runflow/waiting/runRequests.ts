import {
	ANSWER_MARGIN_MS,
	MAX_ATTEMPTS,
	REQUEST_PATIENCE_MS,
	REQUEST_TIMEOUT_MS,
} from '../api/policy';
import type { ApiFailure, Attempt } from '../api/attempt';
import { STOPPED } from '../api/failure';
import { backoffMs } from './backoff';
import type { Clock } from './clock';
import { Health } from './health';
import { RequestLoop } from './requestLoop';
import type { Step, StepSource } from './requestLoop';
import { guarded, NO_ANSWER, UNREADABLE } from './run';

export interface RequestOptions {
	/** Whether a failure of one item ends the requests of others. */
	stopOnFailure: boolean;
	/** How long to repeat a request; a pause beyond that is not waited for. */
	patienceMs?: number;
	/** How long to wait for one answer. */
	limitMs?: number;
	/** How long what is not found may be too new to be. */
	missingGraceMs?: number;
}

export type RequestOutcome<T> =
	| { kind: 'done'; value: T }
	| { kind: 'failed'; failure: ApiFailure }
	/** Another item's failure ended the run before this one's request was sent. */
	| { kind: 'notSent'; failure: ApiFailure };

/**
 * Sends one request for each item at the rate and with the attempts of a batch, and returns how
 * each ended, by its key: an outcome for every item, whatever happens.
 */
export async function runRequests<Key, Item, T>(
	items: ReadonlyMap<Key, Item>,
	request: (item: Item) => Promise<Attempt<T>>,
	options: RequestOptions,
	clock: Clock,
): Promise<Map<Key, RequestOutcome<T>>> {
	return await new Requests(items, request, options, clock).outcomes();
}

interface Pending<Key, Item> {
	key: Key;
	item: Item;
	attempts: number;
	failures: number;
	startedAt: number;
	triedAt: number;
}

class Requests<Key, Item, T> implements StepSource {
	readonly goesFirst = false;
	private readonly ended = new Map<Key, RequestOutcome<T>>();
	private readonly queue: Array<[Key, Item]>;
	private readonly health = new Health();
	private readonly loop: RequestLoop;

	constructor(
		private readonly items: ReadonlyMap<Key, Item>,
		private readonly request: (item: Item) => Promise<Attempt<T>>,
		private readonly options: RequestOptions,
		private readonly clock: Clock,
	) {
		this.queue = [...items].reverse();
		this.loop = new RequestLoop(clock, this);
	}

	async outcomes(): Promise<Map<Key, RequestOutcome<T>>> {
		await this.loop.run(() => this.ended.size === this.items.size);
		const left: RequestOutcome<T> = { kind: 'failed', failure: STOPPED };
		return new Map([...this.items.keys()].map((key) => [key, this.ended.get(key) ?? left]));
	}

	readyAt(): number {
		return this.queue.length > 0 ? -Infinity : Infinity;
	}

	take(): Step | undefined {
		const next = this.queue.pop();
		if (next === undefined) return undefined;
		const [key, item] = next;
		const now = this.clock.now();
		return this.step({ key, item, attempts: 0, failures: 0, startedAt: now, triedAt: now });
	}

	private get patienceMs(): number {
		return this.options.patienceMs ?? REQUEST_PATIENCE_MS;
	}

	private step(pending: Pending<Key, Item>): Step {
		return {
			isObsolete: () => this.ended.has(pending.key),
			perform: async () => await this.perform(pending),
			broke: () => this.end(pending.key, { kind: 'failed', failure: UNREADABLE }),
		};
	}

	private async perform(pending: Pending<Key, Item>): Promise<void> {
		const request = guarded(async () => await this.request(pending.item));
		const { limitMs = REQUEST_TIMEOUT_MS + ANSWER_MARGIN_MS } = this.options;
		const attempt = (await this.loop.answer(request, limitMs)) ?? NO_ANSWER;
		if (attempt.ok) {
			this.health.good(this.clock.now());
			this.end(pending.key, { kind: 'done', value: attempt.value });
		} else this.failed(pending, attempt.failure);
	}

	private failed(pending: Pending<Key, Item>, failure: ApiFailure): void {
		const { clock, health, loop } = this;
		const isBusyWithOthers = failure.reaction === 'busy' && health.wasGoodSince(pending.triedAt);
		const attempts = pending.attempts + (isBusyWithOthers ? 0 : 1);
		const failures = pending.failures + 1;
		const pauseMs = backoffMs(failures, clock.random(), failure.retryAfterMs);
		const left = pending.startedAt + this.patienceMs - clock.now();
		if (!this.isPassing(pending, failure) || attempts >= MAX_ATTEMPTS || pauseMs > left) {
			this.giveUpOn(pending, failure);
			return;
		}
		if (failure.reaction === 'busy') loop.slowDown(pauseMs);
		const again = this.step({ ...pending, attempts, failures, triedAt: clock.now() });
		loop.plan(pauseMs, again);
	}

	private isPassing({ startedAt }: Pending<Key, Item>, failure: ApiFailure): boolean {
		const { reaction, isFromApi } = failure;
		if (reaction === 'retry' || reaction === 'busy') return true;
		const { missingGraceMs = 0 } = this.options;
		return (
			isFromApi === true && reaction === 'missing' && this.clock.now() - startedAt < missingGraceMs
		);
	}

	private giveUpOn({ key }: Pending<Key, Item>, failure: ApiFailure): void {
		this.end(key, { kind: 'failed', failure });
		const running = this.items.size - this.ended.size - this.queue.length;
		const isOver = failure.reaction === 'closed' || failure.reaction === 'stopped';
		const endsAll = this.health.isCutOff(failure, running > 0) || isOver;
		if (!endsAll && !this.options.stopOnFailure) return;
		for (const [left] of this.queue.splice(0)) this.end(left, { kind: 'notSent', failure });
	}

	private end(key: Key, outcome: RequestOutcome<T>): void {
		this.ended.set(key, outcome);
	}
}
