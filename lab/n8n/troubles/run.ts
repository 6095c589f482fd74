/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExampleSession } from '../exampleSession';
import { getExecution, listExecutions, retryExecution, type Execution } from '../executions';
import type { Approvals } from './judge';
import type { Trouble } from './table';

const POLL_MS = 150;
const OPEN = ['new', 'running', 'waiting', 'unknown'];
/** n8n takes clients that do not look like a browser for link previews. */
const HEADERS = { 'user-agent': 'Mozilla/5.0 (X11; Linux x64) Firefox/140.0' };

/** Plays the people in Slack: they approve what they are asked, or click the first link for all. */
export class People {
	readonly approvals: Approvals = new Set();
	private answered = 0;
	private first = '';

	constructor(
		private readonly session: ExampleSession,
		private readonly habit: Trouble['people'] = 'approve',
	) {}

	async answer(): Promise<void> {
		const { messages } = this.session.standIns.slack;
		while (this.answered < messages.length) {
			const { text, buttons = {} } = messages[this.answered++] ?? { text: '' };
			const url = buttons.Approve;
			if (url === undefined || this.habit === 'nobody') continue;
			// n8n parks after it has asked.
			await sleep(500);
			if (this.habit === 'clickTheFirst' && this.approvals.size > 0) {
				await fetch(this.first, { headers: HEADERS });
				continue;
			}
			this.first ||= url;
			this.approvals.add(text);
			await fetch(url, { headers: HEADERS });
		}
	}
}

/** Waits until no execution of the workflows is open, while people answer; resolves to all. */
export async function untilEnded(
	{ client }: ExampleSession,
	workflowId: string,
	people: People,
	timeoutMs: number,
): Promise<Execution[]> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		await people.answer();
		const listed = await listExecutions(client, workflowId);
		const open = listed.filter(({ status }) => OPEN.includes(status));
		if (open.length === 0) {
			return await Promise.all(listed.map(async ({ id }) => await getExecution(client, id)));
		}
		if (Date.now() > deadline) {
			throw new Error(`still open: ${open.map(({ id, status }) => `${id} ${status}`).join(', ')}`);
		}
		await sleep(POLL_MS);
	}
}

/** Presses Retry for each execution that ended with an error. */
export async function retryFailed(
	{ client }: ExampleSession,
	executions: Execution[],
): Promise<void> {
	for (const { id, status } of executions) {
		if (status === 'error') await retryExecution(client, id, true);
	}
}
