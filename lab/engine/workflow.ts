import './environment';
import { createHash } from 'node:crypto';

import {
	Workflow,
	deepCopy,
	type IConnections,
	type IDataObject,
	type INode,
	type INodeTypes,
	type IPinData,
	type IWorkflowSettings,
} from 'n8n-workflow';

import { WORKFLOW_ID, type EngineOptions } from './additionalData';
import { NodeTypeRegistry } from './registry';

export interface WorkflowOptions extends EngineOptions {
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	pinData?: IPinData;
	/** The static data of the whole workflow, keyed `node:<name>`. */
	staticData?: IDataObject;
}

/**
 * The workflow as n8n builds it for one run. Nodes are copied, for the engine changes them. A node
 * without stored credentials gets those of the options that its type can use, so that a workflow
 * file needs no credential ids.
 */
export function createWorkflow(options: WorkflowOptions, active = false): Workflow {
	const nodeTypes = new NodeTypeRegistry(options);
	return new Workflow({
		id: options.workflowId ?? WORKFLOW_ID,
		name: 'Test',
		nodes: options.nodes.map((node) => withCredentials(deepCopy(node), options, nodeTypes)),
		connections: options.connections,
		nodeTypes,
		active,
		settings: { executionOrder: 'v1', ...options.settings },
		staticData: deepCopy(options.staticData ?? {}),
		pinData: options.pinData,
	});
}

export function getNode(workflow: Workflow, name: string): INode {
	const node = workflow.getNode(name);
	if (!node) throw new Error(`The workflow has no node "${name}"`);
	return node;
}

function withCredentials(node: INode, options: EngineOptions, nodeTypes: INodeTypes): INode {
	const usable = nodeTypes.getByNameAndVersion(node.type, node.typeVersion).description.credentials;
	const found = (usable ?? [])
		.filter(({ name }) => options.credentials?.[name])
		.map(({ name }) => [name, { id: idOf(name, options.credentials?.[name]), name }]);
	if (found.length === 0) return node;
	return { ...node, credentials: { ...node.credentials, ...Object.fromEntries(found) } };
}

/** Other data, another credential, as in n8n's database. */
function idOf(name: string, data: unknown): string {
	const digest = createHash('sha256').update(JSON.stringify(data)).digest('hex');
	return `${name}-${digest.slice(0, 12)}`;
}
