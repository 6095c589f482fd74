/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nClient } from './client';
import { readRecord, readRecords, readString, type JsonRecord } from './read';
import type { StoredWorkflow } from './workflows';

const POLL_MS = 250;
const TIMEOUT_MS = 60_000;
const ENDED = ['completed', 'error', 'cancelled'];

/** Runs a workflow's Evaluations over the whole dataset; resolves to the run with its metrics. */
export async function runEvaluationTest(
	client: N8nClient,
	{ id }: StoredWorkflow,
): Promise<JsonRecord> {
	const path = `/rest/workflows/${id}/test-runs`;
	await client.send('POST', `${path}/new`, {});
	const deadline = Date.now() + TIMEOUT_MS;
	while (Date.now() < deadline) {
		const [run] = readRecords(await client.send('GET', path), 'test runs');
		const latest = readRecord(run, 'test run');
		if (ENDED.includes(readString(latest, 'status'))) return latest;
		await sleep(POLL_MS);
	}
	throw new Error('the test run did not end');
}
