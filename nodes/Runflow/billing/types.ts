import type { IDataObject } from 'n8n-workflow';

import type { RunflowClient } from '../api/client';
import type { Refusal } from '../messages/budget';
import type { Submission } from '../parameters/submission';
import type { TimeoutRule } from '../parameters/timeout';
import type { Shape } from '../verdict/shape';
import type { BatchOptions, Outcome } from '../waiting/batch';
import type { Account } from './accounts';

/** What a batch must know of the run of the node that it belongs to: plain values. */
export interface Desk {
	/** Random for each execution and the same in every retry of it, after a crash too; absent before n8n 2.14. */
	token?: string;
	executionId: string;
	workflowName: string;
	/** Unique in its workflow. */
	nodeName: string;
	runIndex: number;
	/** Whether the execution is a retry of an earlier one. */
	isRetry: boolean;
	isTool: boolean;
	/** How often n8n asks a failed tool call again by itself, the first time included. */
	toolTries: number;
	/** Whether what goes wrong with one row leaves the others alone. */
	continues: boolean;
	/** Stored with the execution and taken into its retries; only a crash loses it. */
	store: IDataObject;
	account: Account;
	log: { info(line: string): void; warn(line: string): void };
	/** Milliseconds since 1970. */
	today(): number;
}

/** The calls of the API that a batch makes. */
export type Api = Pick<
	RunflowClient,
	'submit' | 'get' | 'jobClasses' | 'balance' | 'upload' | 'account' | 'aheadMs'
>;

/** One item's evaluation: to be submitted, or existing already; and how it is to look. */
export type Plan = { shape: Shape } & ({ submission: Submission } | { evaluationId: string });

/** What is to become of a batch. */
export interface Goal {
	until: BatchOptions['until'];
	rule: TimeoutRule;
	/** In credits, for all runs of the node in this execution and its retries. */
	maximumCost?: number;
}

/** How one item of a batch ended. */
export type Ending =
	| Outcome
	/** Not submitted by this batch; `id` if it is known to exist all the same, else whether it may. */
	| { kind: 'refused'; refusal: Refusal; id?: string; mayExist?: boolean };

/** How a batch ended. */
export interface Evaluated {
	/** By item index. */
	outcomes: Map<number, Ending>;
	/** Whether an item's evaluation was there before this execution and was not billed again. */
	wasThere: (itemIndex: number) => boolean;
}
