/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import './environment';

import {
	NodeConnectionTypes,
	NodeHelpers,
	type IConnections,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
} from 'n8n-workflow';

import type { EngineOptions } from './additionalData';
import { RUNFLOW_CREDENTIAL, RUNFLOW_NODE, RUNFLOW_VERSION } from './names';
import type { NodeOutcome } from './outcome';
import { runWorkflow, type RunOptions, type WorkflowRun } from './run';
import { createWorkflow, getNode } from './workflow';

export const START_NAME = 'Start';
export const NODE_NAME = 'Runflow';

type Passed = 'mode' | 'settings' | 'pinData' | 'onStart' | 'resume';

export interface RunNodeOptions extends EngineOptions, Pick<RunOptions, Passed> {
	onError?: INode['onError'];
	retryOnFail?: boolean;
	maxTries?: number;
	/** In milliseconds; the engine takes 0 for 1000. */
	waitBetweenTries?: number;
	nodeId?: string;
	/** More settings of the node under test, such as `executeOnce`. */
	node?: Partial<Omit<INode, 'id' | 'name' | 'parameters'>>;
	/** Type name of the node under test; the Runflow node by default. */
	type?: string;
	typeVersion?: number;
	/** Base URL, API key and any other field of the Runflow credential. */
	baseUrl?: string;
	apiKey?: string;
	credential?: ICredentialDataDecryptedObject;
	/** Does what Stop does in the editor, so long after the start. */
	cancelAfterMs?: number;
	/** Evaluates `$('Start').item` behind every output: `origins` of the result. */
	pairedCheck?: boolean;
}

export interface NodeRun extends NodeOutcome, WorkflowRun {
	/** What arrived at the node behind each output. */
	after: INodeExecutionData[][];
	/** With `pairedCheck`: for each item of `after` the input item that n8n pairs it with. */
	origins: IDataObject[][];
}

/** Runs one node between a manual trigger and a no-op behind each of its outputs. */
export async function runNode(
	parameters: INodeParameters,
	items: INodeExecutionData[],
	options: RunNodeOptions = {},
): Promise<NodeRun> {
	const workflow = surround(nodeUnderTest(parameters, options), options);
	let timer: NodeJS.Timeout | undefined;
	const onStart: RunOptions['onStart'] = (run) => {
		options.onStart?.(run);
		if (options.cancelAfterMs === undefined) return;
		timer = setTimeout(() => run.cancel(), options.cancelAfterMs);
	};
	const run = await runWorkflow({ ...workflow, start: START_NAME, input: items, onStart });
	clearTimeout(timer);
	return nodeRun(run);
}

/** The view of `runNode` on a run that was resumed later. */
export function nodeRun(run: WorkflowRun): NodeRun {
	const count = run.options.nodes.filter(({ name }) => name.startsWith(AFTER)).length;
	const firstOutputs = (prefix: string) =>
		Array.from({ length: count }, (_, index) => run.node(prefix + index).outputs[0] ?? []);
	return {
		...run,
		...run.node(NODE_NAME),
		after: firstOutputs(AFTER),
		origins: firstOutputs(ORIGIN).map((items) => items.map(({ json }) => json)),
	};
}

const AFTER = 'After ';
const ORIGIN = 'Origin ';

function nodeUnderTest(parameters: INodeParameters, options: RunNodeOptions): INode {
	return {
		...node(NODE_NAME, options.type ?? RUNFLOW_NODE, parameters),
		id: options.nodeId ?? 'runflow-node-id',
		typeVersion: options.typeVersion ?? RUNFLOW_VERSION,
		onError: options.onError,
		retryOnFail: options.retryOnFail,
		maxTries: options.maxTries,
		waitBetweenTries: options.waitBetweenTries,
		...options.node,
	};
}

function surround(tested: INode, options: RunNodeOptions): RunOptions {
	const start = node(START_NAME, 'n8n-nodes-base.manualTrigger');
	const workflow: RunOptions = {
		...options,
		credentials: nodeCredentials(options),
		nodes: [start, tested],
		connections: { [START_NAME]: to(NODE_NAME) },
	};
	const behind: string[] = [];
	for (let index = 0; index < outputCount(workflow); index++) {
		behind.push(AFTER + index);
		workflow.nodes.push(node(AFTER + index, 'n8n-nodes-base.noOp'));
		if (!options.pairedCheck) continue;
		const parameters = { mode: 'raw', jsonOutput: `={{ $('${START_NAME}').item.json }}` };
		workflow.nodes.push(node(ORIGIN + index, 'n8n-nodes-base.set', parameters));
		workflow.connections[AFTER + index] = to(ORIGIN + index);
	}
	workflow.connections[NODE_NAME] = { main: behind.map((name) => to(name).main?.[0] ?? []) };
	return workflow;
}

function outputCount(workflow: RunOptions): number {
	const built = createWorkflow(workflow);
	const tested = getNode(built, NODE_NAME);
	const { description } = built.nodeTypes.getByNameAndVersion(tested.type, tested.typeVersion);
	return NodeHelpers.getNodeOutputs(built, tested, description).length;
}

function nodeCredentials(options: RunNodeOptions): EngineOptions['credentials'] {
	const { baseUrl, apiKey, credential } = options;
	if (baseUrl === undefined && apiKey === undefined && credential === undefined) {
		return options.credentials;
	}
	const data = { baseUrl, apiKey: apiKey ?? 'test-key', ...credential };
	return { ...options.credentials, [RUNFLOW_CREDENTIAL]: withoutUndefined(data) };
}

function withoutUndefined(
	data: Record<string, ICredentialDataDecryptedObject[string] | undefined>,
): ICredentialDataDecryptedObject {
	const given: ICredentialDataDecryptedObject = {};
	for (const [key, value] of Object.entries(data)) if (value !== undefined) given[key] = value;
	return given;
}

function node(name: string, type: string, parameters: INodeParameters = {}): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters };
}

function to(name: string): IConnections[string] {
	return { main: [[{ node: name, type: NodeConnectionTypes.Main, index: 0 }]] };
}
