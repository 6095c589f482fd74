import type { ApiFailure, Attempt } from '../api/attempt';
import type { Evaluation } from '../api/types';

/** One evaluation of a batch: `id` is there when it exists already. */
export interface BatchItem {
	index: number;
	id?: string;
}

/** What the scheduler needs of the API: one attempt each, nothing thrown. */
export interface Gateway {
	submit(index: number): Promise<Attempt<Evaluation>>;
	/** A light look at the state. */
	look(id: string, timeoutMs: number): Promise<Attempt<Evaluation>>;
	/** A finished evaluation with the details the user asked for; absent when the look has all. */
	fetchDetails?(id: string, index: number): Promise<Attempt<Evaluation>>;
}

export interface BatchOptions {
	/**
	 * `accepted`: only submit. `finished`: also wait for each evaluation to finish. `submitted`: wait
	 * only as far as the account must finish some before it accepts the rest.
	 */
	until: 'accepted' | 'submitted' | 'finished';
	/** How long to wait for one evaluation from its acceptance, or for anything to move at all. */
	timeoutMs: number;
	/** Whether a failure of one item ends the submitting of others. */
	stopOnFailure: boolean;
}

/** How one item of a batch ended. */
export type Outcome =
	| { kind: 'done'; evaluation: Evaluation }
	/** Submitted, and not finished when the batch had nothing left to submit. */
	| { kind: 'open'; evaluation: Evaluation }
	| { kind: 'timedOut'; id: string; evaluation?: Evaluation }
	| { kind: 'failed'; failure: ApiFailure; id?: string }
	/** Another item's failure ended the batch before this one was submitted. */
	| { kind: 'notSubmitted'; failure: ApiFailure }
	/** Another item's failure ended the batch before this one was finished. */
	| { kind: 'notAwaited'; failure: ApiFailure; id: string };

/** State of one item while the batch runs. Moments are the clock's milliseconds. */
export interface Task extends BatchItem {
	failures: number;
	acceptedAt: number;
	/** Whether this batch saw it accepted; else its age counts from the start of the wait. */
	isAgeKnown: boolean;
	lastLookAt: number;
	last?: Evaluation;
}
