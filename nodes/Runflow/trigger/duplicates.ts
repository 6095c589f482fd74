import type { IDataObject } from 'n8n-workflow';

import { lasting } from '../callback/lasting';

/** For each trigger: n8n writes what is stored with every execution that is started. */
const MOST_STORED = 1_000;
const MOST_REMEMBERED = 5_000;
const MOST_TRIGGERS = 200;

/** What this process has seen, by trigger: n8n reads its own memory anew for every callback. */
const seenHere = new Map<string, Set<string>>();

/**
 * Remembers which evaluations have started an execution. n8n keeps the last thousand with the
 * workflow, so that they survive a restart; callbacks that arrive at the same moment in one process
 * are told apart by the memory of the process. The test URL remembers nothing.
 */
export class Deliveries {
	private readonly seen: Set<string>;

	/**
	 * @param trigger what tells triggers apart
	 * @param stored what n8n keeps with the workflow for this trigger
	 */
	constructor(
		trigger: string,
		private readonly stored: IDataObject,
		private readonly isTest: boolean,
	) {
		this.seen = lasting(seenHere, trigger, MOST_TRIGGERS, () => new Set());
		const { seen } = stored;
		for (const id of Array.isArray(seen) ? seen : []) {
			if (typeof id === 'string') this.seen.add(id);
		}
	}

	isKnown(evaluationId: string): boolean {
		return !this.isTest && this.seen.has(evaluationId);
	}

	/** Remembers an evaluation; false when it was known already. */
	claim(evaluationId: string): boolean {
		if (this.isTest) return true;
		if (this.isKnown(evaluationId)) return false;
		this.seen.add(evaluationId);
		const ids = [...this.seen];
		for (const id of ids.slice(0, -MOST_REMEMBERED)) this.seen.delete(id);
		// A new array: n8n does not notice a change inside the old one.
		this.stored.seen = ids.slice(-MOST_STORED);
		return true;
	}
}
