import type { N8nClient } from './client';
import { readRecord } from './read';

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
