import './environment';

import { WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	type ExecutionStatus,
	type INodeExecutionData,
	type IRun,
	type IRunExecutionData,
	type Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { createAdditionalData } from './additionalData';
import { nodeOutcome, type NodeOutcome } from './outcome';
import { createWorkflow, getNode, type WorkflowOptions } from './workflow';

export interface RunOptions extends WorkflowOptions {
	/** Name of the first node; by default the first trigger, else the first node. */
	start?: string;
	/** The items the first node gets; one empty item by default. */
	input?: INodeExecutionData[];
	/** Default `manual`. */
	mode?: WorkflowExecuteMode;
	/** Stored data to go on from instead of a new run. */
	resume?: IRunExecutionData;
	/** Called once the run is under way; `cancel` does what Stop does in the editor. */
	onStart?: (run: { cancel: () => void }) => void;
}

/** Like n8n, which counts executions up: a new run never has the id of an earlier one. */
let nextExecutionId = 1;

/** One execution, as it would be stored. */
export interface WorkflowRun {
	run: IRun;
	status: ExecutionStatus;
	/** Node names in the order in which they finished. */
	executed: string[];
	/** What it was started with and the id it got; resuming needs both. */
	options: RunOptions & { executionId: string };
	node(name: string): NodeOutcome;
}

/** Runs a workflow on n8n's WorkflowExecute and returns when it has ended or parked itself. */
export async function runWorkflow(given: RunOptions): Promise<WorkflowRun> {
	const options = { ...given, executionId: given.executionId ?? String(nextExecutionId++) };
	const mode = options.mode ?? 'manual';
	const workflow = createWorkflow(options, mode !== 'manual');
	const additionalData = createAdditionalData(options, mode);
	const executed: string[] = [];
	additionalData.hooks?.addHandler('nodeExecuteAfter', (name) => void executed.push(name));
	if (options.resume) additionalData.restartExecutionId = additionalData.executionId;
	const data = options.resume ?? initialData(workflow, options, mode);
	const execution = new WorkflowExecute(additionalData, mode, data).processRunExecutionData(
		workflow,
	);
	options.onStart?.({ cancel: () => execution.cancel() });
	const run = await execution;
	return {
		run,
		status: storedStatus(run),
		executed,
		options,
		node: (name) => nodeOutcome(run, name),
	};
}

/** The status n8n's CLI stores: it also counts an error that was there before the run went on. */
function storedStatus({ status, waitTill, data }: IRun): ExecutionStatus {
	if (waitTill) return 'waiting';
	return status === 'success' && data.resultData.error ? 'error' : status;
}

function initialData(
	workflow: Workflow,
	{ start, input, pinData }: RunOptions,
	mode: WorkflowExecuteMode,
): IRunExecutionData {
	const node = start === undefined ? firstNode(workflow) : getNode(workflow, start);
	return createRunExecutionData({
		resultData: { pinData: mode === 'manual' ? pinData : undefined },
		executionData: {
			nodeExecutionStack: [{ node, data: { main: [input ?? [{ json: {} }]] }, source: null }],
		},
	});
}

function firstNode(workflow: Workflow) {
	const nodes = Object.values(workflow.nodes);
	const isTrigger = ({ type, typeVersion }: (typeof nodes)[number]) =>
		workflow.nodeTypes.getByNameAndVersion(type, typeVersion).description.group.includes('trigger');
	const node = nodes.find(isTrigger) ?? nodes[0];
	if (!node) throw new Error('The workflow has no nodes');
	return node;
}
