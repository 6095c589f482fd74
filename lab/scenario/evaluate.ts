import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import type { Emulator } from '../emulator';
import { TestClient } from '../emulator/testClient';
import type { NodeRun, RunNodeOptions } from '../engine';
import { API_KEY as KEY } from './account';
import { rows, runOnRows } from './rows';

export { KEY, rows };
export const UNKNOWN_ID = '6a1d3c1e-8a3b-4f5c-9b77-1f1f6d1f0c11';

/** The fields of a simplified evaluation, in their order. */
export const SIMPLE_FIELDS = [
	'verdict',
	'passed',
	'reason',
	'weighted_pass_rate',
	'overall_passed',
	'top_issues',
	'issues_text',
	'top_strengths',
	'primary_action_code',
	'failure_code',
	'cost',
	'cost_credits',
	'billed_credits',
	'client_ref',
	'generated_image_url',
	'task_type',
	'job_class_code',
	'run_id',
	'status_code',
	'submitted_at',
	'completed_at',
	'eval_duration_ms',
	'id',
	'evaluation_id',
];

/** Runs one operation on items of `rows`; fails when the API key appears in anything it left. */
export async function operate(
	emulator: Emulator,
	parameters: INodeParameters,
	items: INodeExecutionData[] = rows(1),
	options: RunNodeOptions = {},
): Promise<NodeRun> {
	const apiKey = options.apiKey ?? KEY;
	const given = { pairedCheck: true, ...options, apiKey };
	const run = await runOnRows(emulator.url, parameters, items, given);
	expect(JSON.stringify([run.run, run.error, run.hints])).not.toContain(apiKey);
	return run;
}

/** Submits an evaluation for each `client_ref` without n8n; their ids. */
export async function submitted(emulator: Emulator, ...refs: string[]): Promise<string[]> {
	const client = new TestClient(emulator);
	const ids: string[] = [];
	for (const client_ref of refs) {
		const { body } = await client.submit({ client_ref });
		ids.push(String(body.id));
	}
	await client.close();
	return ids;
}

/** Items that carry ids of evaluations. */
export function withIds(ids: string[]): INodeExecutionData[] {
	return ids.map((id, row) => ({ json: { row, id } }));
}

export function jsonOf(items: INodeExecutionData[] = []) {
	return items.map(({ json }) => json);
}

/** What a user sees of the error that ended a run. */
export function seenError({ error }: NodeRun) {
	return {
		message: error?.message,
		description: error?.description,
		item: error?.context.itemIndex,
	};
}
