import type { IWebhookFunctions } from 'n8n-workflow';

const MEMORY = 1_000;

/** What this process has seen, by trigger: n8n reads its own memory anew for every callback. */
const seenHere = new Map<string, string[]>();

/**
 * Remembers which evaluations have started an execution, the last thousand for each trigger.
 * n8n keeps the list with the workflow, so that it survives a restart; callbacks that arrive at
 * the same moment in one process are told apart by the memory of the process.
 */
export class Deliveries {
	private readonly trigger: string;
	private readonly isTest: boolean;

	constructor(private readonly context: IWebhookFunctions) {
		this.trigger = `${context.getWorkflow().id}/${context.getNode().id}`;
		this.isTest = context.getMode() === 'manual';
	}

	isKnown(evaluationId: string): boolean {
		return !this.isTest && this.seen().includes(evaluationId);
	}

	/** Remembers an evaluation; false when it was known already. A test run remembers nothing. */
	claim(evaluationId: string): boolean {
		if (this.isTest) return true;
		if (this.isKnown(evaluationId)) return false;
		const seen = [...this.seen(), evaluationId].slice(-MEMORY);
		seenHere.set(this.trigger, seen);
		this.context.getWorkflowStaticData('node').seen = seen;
		return true;
	}

	private seen(): string[] {
		const { seen } = this.context.getWorkflowStaticData('node');
		const stored = Array.isArray(seen) ? seen.filter((each) => typeof each === 'string') : [];
		return [...new Set([...stored, ...(seenHere.get(this.trigger) ?? [])])];
	}
}
