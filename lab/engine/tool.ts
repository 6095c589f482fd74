import './environment';

import { ExecuteContext } from 'n8n-core';
import {
	NodeConnectionTypes,
	createRunExecutionData,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
} from 'n8n-workflow';

import { createAdditionalData, type EngineOptions } from './additionalData';
import { RUNFLOW_NODE, RUNFLOW_VERSION } from './names';
import { isRecord } from './outcome';
import { describeStandIn } from './standInDescription';
import { createWorkflow, getNode } from './workflow';

export interface ToolOptions extends EngineOptions {
	/** Type name of the node that becomes a tool; the Runflow node by default. */
	type?: string;
	typeVersion?: number;
	name?: string;
	/** With `={{ $fromAI('key', 'description', 'type') }}` where the model fills in a value. */
	parameters: INodeParameters;
	/** Settings of the node, such as Retry On Fail. */
	nodeSettings?: Partial<INode>;
	/** The items of the agent, which other expressions of the tool refer to. */
	agentInput?: INodeExecutionData[];
	/** Ends calls as Stop does in the editor. */
	abortSignal?: AbortSignal;
}

export interface Tool {
	name: string;
	description: string;
	/** The arguments the model can give: the zod type's description by key. */
	arguments: Record<string, string | undefined>;
	/** Calls the node with the model's arguments; resolves to what the model gets to read. */
	invoke(args: Record<string, unknown>): Promise<string>;
}

const AGENT_TYPE = 'test.agent';
const AGENT_NAME = 'Agent';

const AGENT: INodeType = {
	description: {
		...describeStandIn('agent', []),
		inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool],
	},
};

/** The tool n8n makes of the node for an agent that runs its tools in process (agents before v3, MCP). */
export async function asAgentTool(options: ToolOptions): Promise<Tool> {
	const {
		name = 'Runflow',
		type = RUNFLOW_NODE,
		typeVersion = RUNFLOW_VERSION,
		parameters,
	} = options;
	const tool = { ...node(name, `${type}Tool`, parameters, typeVersion), ...options.nodeSettings };
	const workflow = createWorkflow({
		...options,
		nodeTypes: { ...options.nodeTypes, [AGENT_TYPE]: AGENT },
		nodes: [node(AGENT_NAME, AGENT_TYPE, {}), tool],
		connections: {
			[name]: {
				[NodeConnectionTypes.AiTool]: [
					[{ node: AGENT_NAME, type: NodeConnectionTypes.AiTool, index: 0 }],
				],
			},
		},
	});
	const agent = getNode(workflow, AGENT_NAME);
	const input = options.agentInput ?? [{ json: {} }];
	const execution = { node: agent, data: { main: [input] }, source: null };
	const context = new ExecuteContext(
		workflow,
		agent,
		createAdditionalData(options, 'manual'),
		'manual',
		createRunExecutionData({ executionData: { nodeExecutionStack: [execution] } }),
		0,
		input,
		execution.data,
		execution,
		[],
		options.abortSignal,
	);
	const tools = await context.getInputConnectionData(NodeConnectionTypes.AiTool, 0);
	return describe(Array.isArray(tools) ? tools[0] : undefined);
}

/** Makes the tool and calls it once. */
export async function callAsTool({
	args,
	...options
}: ToolOptions & { args: Record<string, unknown> }): Promise<{ tool: Tool; answer: string }> {
	const tool = await asAgentTool(options);
	return { tool, answer: await tool.invoke(args) };
}

/** The part of a LangChain tool used here. */
interface StructuredTool {
	name: string;
	description: string;
	schema: { shape: Record<string, { description?: string }> };
	invoke(args: Record<string, unknown>): Promise<unknown>;
}

function isStructuredTool(value: unknown): value is StructuredTool {
	return isRecord(value) && isRecord(value.schema) && typeof value.invoke === 'function';
}

function describe(tool: unknown): Tool {
	if (!isStructuredTool(tool)) throw new Error('n8n made no tool of the node');
	const keys = Object.entries(tool.schema.shape);
	return {
		name: tool.name,
		description: tool.description,
		arguments: Object.fromEntries(keys.map(([key, field]) => [key, field.description])),
		invoke: async (args) => String(await tool.invoke(args)),
	};
}

function node(name: string, type: string, parameters: INodeParameters, typeVersion = 1): INode {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}
