import { sleep } from 'n8n-workflow';

import type { Desk } from './types';

const MOST_TOGETHER = 10;
const LONGEST_WAIT_MS = 250;

/**
 * Writes the ids of accepted evaluations to n8n's log as they come, a few to a line: the only place
 * that outlives a crash of n8n.
 */
export class AcceptedLog {
	private waiting: string[] = [];
	private readonly known = new Set<string>();

	constructor(private readonly desk: Pick<Desk, 'log' | 'executionId' | 'workflowName'>) {}

	/** Once for each item, however often it is told. */
	add(id: string, itemIndex: number): void {
		const entry = `${id} (item ${itemIndex})`;
		if (this.known.has(entry)) return;
		this.known.add(entry);
		this.waiting.push(entry);
		if (this.waiting.length >= MOST_TOGETHER) this.flush();
		else if (this.waiting.length === 1) void sleep(LONGEST_WAIT_MS).then(() => this.flush());
	}

	/** What was accepted for this item before can be read by its id only. */
	unreachable(itemIndex: number): void {
		this.desk.log.warn(
			`Runflow: item ${itemIndex} was submitted before with other details, and its evaluation cannot be found again. The ID is in an earlier line of this log. The item is evaluated anew.`,
		);
	}

	/** The evaluations that nobody waits for any more, in one line. */
	givenUp(ids: string[]): void {
		if (ids.length === 0) return;
		this.desk.log.warn(`Runflow: not waited for any more: ${ids.join(', ')}`);
	}

	flush(): void {
		const ids = this.waiting;
		this.waiting = [];
		const { executionId, workflowName, log } = this.desk;
		const where = `execution ${executionId} of '${workflowName}'`;
		if (ids.length > 0) log.info(`Runflow accepted evaluations: ${ids.join(', ')} (${where})`);
	}
}
