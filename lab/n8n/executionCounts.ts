import type { N8nClient } from './client';
import { readRecord } from './read';
import { until } from './webhookRuns';

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

/** Waits until a workflow has so many executions with a status. */
export async function untilCount(
	client: N8nClient,
	workflowId: string,
	status: string,
	count: number,
	timeoutMs: number,
): Promise<void> {
	const isSo = async () => (await countExecutions(client, workflowId, status)) === count;
	await until(`${count} executions ${status}`, isSo, timeoutMs);
}
