import type { ApiFailure, Attempt } from '../api/attempt';
import type { Evaluation } from '../api/types';

/** One evaluation of a batch, with its job: to be submitted, or waited for since it exists. */
export interface BatchItem {
	index: number;
	job: Job;
	/** A finished evaluation with the details the user asked for; absent when the look has all. */
	fetchDetails?: FetchDetails;
}

export type Job = { submit: Submit; limitMs?: number } | { id: string };

/** One attempt; `limitMs` of the job is how long it may take at most, 60 s by default. */
export type Submit = () => Promise<Attempt<Evaluation>>;

/** One attempt, which the API gets so long for. */
export type Look = (id: string, timeoutMs: number) => Promise<Attempt<Evaluation>>;
export type FetchDetails = Look;

export interface BatchOptions {
	/**
	 * `accepted`: only submit. `finished`: also wait for each evaluation to finish. `submitted`: wait
	 * only as far as the account must finish some before it accepts the rest.
	 */
	until: 'accepted' | 'submitted' | 'finished';
	/**
	 * How long to wait for one evaluation from its acceptance, without the time it is in the
	 * account's line while others finish; how long to repeat a submit; how long to wait for a full
	 * account when nothing moves at all.
	 */
	timeoutMs: number;
	/** Whether a definite failure of one item ends the submitting and waiting of others. */
	stopOnFailure: boolean;
	/** Told of each accepted evaluation as it comes, also when its answer comes too late to wait for. */
	onAccepted?: (index: number, evaluation: Evaluation) => void;
	/** What an earlier batch learned of this account; kept up to date. */
	memory?: AccountMemory;
}

/** What batches learn of an account: how many evaluations it takes at once, how long they take. */
export interface AccountMemory {
	inFlightLimit?: number;
	/** The last 64 at most. */
	durationsMs: number[];
}

/** How one item of a batch ended. */
export type Outcome =
	| { kind: 'done'; evaluation: Evaluation }
	/** Submitted, and not finished when the batch had nothing left to submit. */
	| { kind: 'open'; evaluation: Evaluation }
	/** `lastFailure` when the last look failed: then it is an outage rather than a slow evaluation. */
	| { kind: 'timedOut'; id: string; evaluation?: Evaluation; lastFailure?: ApiFailure }
	| { kind: 'failed'; failure: ApiFailure; id?: string }
	/** Another item's failure ended the batch before this one was submitted. */
	| { kind: 'notSubmitted'; failure: ApiFailure }
	/** Another item's failure ended the batch before this one was finished. */
	| { kind: 'notAwaited'; failure: ApiFailure; id: string };
