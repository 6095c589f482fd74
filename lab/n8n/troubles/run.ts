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

/** Plays the people in Slack: they answer what they are asked, each question once or twice. */
export class People {
	readonly approvals: Approvals = new Set();
	private answered = 0;

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
			this.approvals.add(text);
			// n8n parks after it has asked.
			await sleep(500);
			await fetch(url, { headers: HEADERS });
			if (this.habit === 'clickTwice') await fetch(url, { headers: HEADERS });
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
