import './environment';

import { parse, stringify } from 'flatted';
import { createRunExecutionData, type IRunExecutionData } from 'n8n-workflow';

import { runWorkflow, type RunOptions, type WorkflowRun } from './run';

/**
 * Retry in the executions list: a new execution goes on with what n8n stored of one that failed.
 * @param changes what the currently saved workflow has otherwise, e.g. its nodes
 */
export async function retryFailed(
	failed: WorkflowRun,
	changes: Partial<RunOptions> = {},
): Promise<WorkflowRun> {
	const data: IRunExecutionData = parse(stringify(failed.run.data));
	const { resultData } = data;
	const name = resultData.lastNodeExecuted;
	delete resultData.error;
	const runs = name === undefined ? undefined : resultData.runData[name];
	if (runs?.at(-1)?.error !== undefined) runs.pop();
	return await again(failed, data, changes);
}

/**
 * Retry of an execution that n8n did not survive: of it the database has only how it was started,
 * the token included.
 */
export async function retryFromStart(
	crashed: WorkflowRun,
	changes: Partial<RunOptions> = {},
): Promise<WorkflowRun> {
	const { options, run } = crashed;
	const node = options.nodes.find(({ name }) => name === options.start) ?? options.nodes[0];
	if (node === undefined) throw new Error('The workflow has no nodes');
	const input = changes.input ?? options.input ?? [{ json: {} }];
	const data = createRunExecutionData({
		resumeToken: run.data.resumeToken,
		executionData: {
			nodeExecutionStack: [{ node, data: { main: [input] }, source: null }],
		},
	});
	return await again(crashed, data, changes);
}

async function again(
	{ options }: WorkflowRun,
	resume: IRunExecutionData,
	changes: Partial<RunOptions>,
): Promise<WorkflowRun> {
	const fresh = { executionId: undefined, onStart: undefined, mode: 'retry' } as const;
	return await runWorkflow({ ...options, ...fresh, ...changes, resume });
}
