import type { N8nClient } from './client';
import { readRecord } from './read';
import { untilReached } from './webhookRuns';

/** How many executions a workflow has, all or those with a status. */
export async function countExecutions(
	client: N8nClient,
	workflowId: string,
	status?: string,
): Promise<number> {
	const filter = { workflowId, ...(status === undefined ? {} : { status: [status] }) };
	const query = `limit=1&filter=${encodeURIComponent(JSON.stringify(filter))}`;
	const answer = readRecord(await client.send('GET', `/rest/executions?${query}`), 'executions');
	const { count } = answer;
	if (typeof count !== 'number') throw new Error('n8n gave no count');
	return count;
}

/** Waits until a workflow has so many executions with a status; gives up when nothing moves. */
export async function untilCount(
	client: N8nClient,
	workflowId: string,
	status: string,
	count: number,
	patienceMs: number,
): Promise<void> {
	const found = async () => await countExecutions(client, workflowId, status);
	await untilReached(`executions ${status}`, found, count, patienceMs);
}
