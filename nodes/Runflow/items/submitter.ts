import type { ApiFailure, Attempt } from '../api/attempt';
import type { RunflowClient } from '../api/client';
import { unrelatedFailure } from '../api/failure';
import { momentAt } from '../api/read';
import type { Evaluation, EvaluationRequest } from '../api/types';
import { withRequest } from '../verdict/sent';
import type { AcceptedLog } from './acceptedLog';
import { explainBalance } from './balance';
import { Claims } from './claims';
import { isAbout, isConflict, saysInProgress } from './conflict';
import { idempotencyKey } from './keys';
import type { ExecutionMemory } from './memory';
import type { Row } from './rows';
import type { Uploads } from './uploads';

const CONFLICTS_UNTIL_ANEW = 4;
/** An attempt that had no answer is over after a minute, which these refusals take. */
const CONFLICTS_AFTER_LOSS = 7;
const MOST_TIMES_ANEW = 3;
const UNREAD_UNTIL_LEFT = 3;
/** How much older than the batch an evaluation must be to have been made before it. */
const SURELY_BEFORE_MS = 5 * 60_000;

/** How far one row is. */
interface Progress {
	/** How often it was asked anew. */
	anew: number;
	/** Whether it is asked under the execution's own name, whoever asked first. */
	asOwn: boolean;
	/** Refusals of the present key. */
	conflicts: number;
	/** Submits under the present key. */
	sent: number;
	/** Whether one of them had no answer: it may be the one that a refusal is about. */
	isLost: boolean;
	/** Times that its known evaluation could not be read. */
	unread: number;
}

/**
 * Submits rows, each under its own idempotency key, one attempt at a time. What this execution
 * knows to be accepted is read instead: no retry pays for it again, whatever the API does with
 * known keys.
 */
export class Submitter {
	/** Item indices of evaluations that were there before this execution and not billed again. */
	readonly found = new Set<number>();
	readonly claims: Claims;
	private readonly progress = new Map<number, Progress>();
	private readonly underWay = new Map<string, Promise<Attempt<Evaluation>>>();
	/** Names of rows whose known evaluation was of no use. */
	private readonly superseded = new Set<string>();
	private readonly startedAt: number;

	/** @param isRetried whether the execution is a retry of an earlier one */
	constructor(
		private readonly client: RunflowClient,
		private readonly uploads: Uploads,
		private readonly memory: ExecutionMemory,
		private readonly log: AcceptedLog,
		private readonly isRetried: boolean,
	) {
		this.startedAt = memory.startedAt();
		this.claims = new Claims(memory);
	}

	/** One attempt; rows that share a key share it. */
	async submit(row: Row): Promise<Attempt<Evaluation>> {
		const name = nameOf(row);
		const attempt = this.underWay.get(name) ?? this.ask(row);
		this.underWay.set(name, attempt);
		try {
			return await attempt;
		} finally {
			this.underWay.delete(name);
		}
	}

	/** The id of a row's evaluation, as far as this execution knows it to be accepted. */
	knownId(row: Row): string | undefined {
		const name = nameOf(row);
		return this.superseded.has(name) ? undefined : this.memory.acceptedUnder(name);
	}

	/** Whether its evaluation is one that was made, and billed, for this execution. */
	isPaid(row: Row): boolean {
		return this.knownId(row) !== undefined && !this.found.has(row.itemIndex);
	}

	private async ask(row: Row): Promise<Attempt<Evaluation>> {
		const name = nameOf(row);
		const id = this.knownId(row);
		if (id === undefined) return await this.post(row);
		const attempt = await this.client.get(id);
		if (!attempt.ok) return await this.missed(row, id, attempt.failure);
		if (!this.claims.accept(row, attempt.value)) return refused(attempt.value);
		if (!this.memory.isInherited(name)) return attempt;
		if (attempt.value.status_code === 'failed') {
			this.superseded.add(name);
			return await this.postAnew(row);
		}
		this.found.add(row.itemIndex);
		return attempt;
	}

	/**
	 * Of an evaluation that exists only the API itself can say that it is not there. One that cannot
	 * be read for a while is left to those who wait for it, for as long as they do.
	 */
	private async missed(row: Row, id: string, failure: ApiFailure): Promise<Attempt<Evaluation>> {
		const { reaction, status, isFromApi } = failure;
		const isSaid = isFromApi === true;
		if (isSaid && (reaction === 'missing' || status === 403)) return await this.post(row);
		const isNo = reaction === 'rejected' || reaction === 'missing' || reaction === 'closed';
		const isPassing = reaction === 'retry' || (isNo && !isSaid && status !== undefined);
		if (!isPassing) return { ok: false, failure };
		const progress = this.progressOf(row);
		progress.unread += 1;
		if (progress.unread < UNREAD_UNTIL_LEFT) {
			return { ok: false, failure: { ...failure, reaction: 'retry' } };
		}
		const unread = { id, status_code: 'pending' };
		this.claims.accept(row, unread);
		return { ok: true, value: unread };
	}

	private async post(row: Row): Promise<Attempt<Evaluation>> {
		const progress = this.progressOf(row);
		const request = await this.uploads.requestFor(row);
		if (!request.ok) return request;
		const asker = progress.asOwn ? row.own : row.asker;
		const key = idempotencyKey(asker, row.question, row.ordinal, progress.anew);
		const attempt = await this.client.submit(request.value, key);
		progress.sent += 1;
		if (attempt.ok) return await this.accept(row, request.value, attempt.value);
		const { failure } = attempt;
		const isUnanswered = failure.reaction === 'retry' && failure.obstacle === undefined;
		progress.isLost ||= isUnanswered;
		if (isConflict(failure)) return await this.conflict(row, request.value, failure);
		const known = { ...failure, mayBeAccepted: progress.isLost && !isUnanswered };
		if (failure.status !== 402) return { ok: false, failure: known };
		return {
			ok: false,
			failure: await explainBalance(this.client, known, request.value.job_class),
		};
	}

	private async postAnew(row: Row): Promise<Attempt<Evaluation>> {
		const progress = this.progressOf(row);
		Object.assign(progress, { anew: progress.anew + 1, conflicts: 0, sent: 0, isLost: false });
		return await this.post(row);
	}

	private async accept(
		row: Row,
		request: EvaluationRequest,
		value: Evaluation,
	): Promise<Attempt<Evaluation>> {
		const { sent, anew } = this.progressOf(row);
		if (!this.claims.accept(row, value)) {
			this.log.add(value.id, row.itemIndex);
			return refused(value);
		}
		const mayBeOlder = row.asker !== row.own || this.isRetried;
		const mayBeAskedAnew = mayBeOlder && anew < MOST_TIMES_ANEW;
		if (value.status_code === 'failed' && mayBeAskedAnew && (await this.isOld(value))) {
			return await this.postAnew(row);
		}
		// Judging takes tens of seconds: what the first answer shows as finished was there before.
		if (mayBeOlder && sent === 1 && value.status_code === 'completed') {
			this.found.add(row.itemIndex);
		}
		this.memory.remember(nameOf(row), value.id);
		this.superseded.delete(nameOf(row));
		this.log.add(value.id, row.itemIndex);
		return { ok: true, value: withRequest(value, request) };
	}

	private async isOld(evaluation: Evaluation): Promise<boolean> {
		if (typeof evaluation.submitted_at === 'string') return this.isOlder(evaluation);
		const full = await this.client.get(evaluation.id);
		return full.ok && this.isOlder(full.value);
	}

	/** Whether a row was submitted and its evaluation is surely older than that. */
	isFromBefore(itemIndex: number, evaluation: Evaluation): boolean {
		return this.progress.has(itemIndex) && this.isOlder(evaluation);
	}

	/** By Runflow's own clock, which n8n's may be hours away from. */
	private isOlder({ submitted_at }: Evaluation): boolean {
		const { aheadMs } = this.client;
		if (typeof submitted_at !== 'string' || aheadMs === undefined) return false;
		return momentAt(submitted_at) < this.startedAt + aheadMs - SURELY_BEFORE_MS;
	}

	/**
	 * A known key and the same request can only meet a submit that is still in progress. Where the key
	 * may be older than this execution, or the request cannot be the same again (an address to call
	 * back, a new upload), what the key stands for is out of reach: the row is asked anew.
	 */
	private async conflict(
		row: Row,
		request: EvaluationRequest,
		failure: ApiFailure,
	): Promise<Attempt<Evaluation>> {
		const progress = this.progressOf(row);
		const named = failure.namedId && (await this.client.get(failure.namedId));
		if (named && named.ok && isAbout(request, named.value)) {
			return await this.accept(row, request, named.value);
		}
		progress.conflicts += 1;
		const patience = progress.isLost ? CONFLICTS_AFTER_LOSS : CONFLICTS_UNTIL_ANEW;
		const isHopeless = progress.conflicts >= patience && !saysInProgress(failure);
		if (!isHopeless || !this.mayDiffer(row) || progress.anew >= MOST_TIMES_ANEW) {
			return { ok: false, failure: { ...failure, reaction: 'conflict' } };
		}
		progress.asOwn = true;
		this.log.unreachable(row.itemIndex);
		return await this.postAnew(row);
	}

	private progressOf(row: Row): Progress {
		const known = this.progress.get(row.itemIndex);
		if (known !== undefined) return known;
		const fresh = { anew: 0, asOwn: false, conflicts: 0, sent: 0, isLost: false, unread: 0 };
		this.progress.set(row.itemIndex, fresh);
		return fresh;
	}

	/** Within one execution the address to call back and the uploads stay the same. */
	private mayDiffer({ asker, own, submission, digests }: Row): boolean {
		const isUnstable = digests.size > 0 || submission.facts.callback_url !== undefined;
		return asker !== own || (this.isRetried && isUnstable);
	}
}

/** The key with which a row starts: what this execution knows is kept under it. */
export function nameOf({ asker, question, ordinal }: Row): string {
	return idempotencyKey(asker, question, ordinal);
}

function refused({ id }: Evaluation): Attempt<Evaluation> {
	const failure = unrelatedFailure(id, 'retry');
	return { ok: false, failure: { ...failure, purpose: { ...failure.purpose, isSubmit: true } } };
}
