/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import './environment';

import { readFileSync } from 'node:fs';
import { jsonParse, type IConnections, type INode, type IWorkflowSettings } from 'n8n-workflow';

import type { NodeTypeMap } from './registry';
import { runWorkflow, type RunOptions, type WorkflowRun } from './run';
import { readWriteFile } from './standInFiles';

interface WorkflowFile {
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
}

export interface WorkflowFileOptions extends Omit<
	RunOptions,
	'nodes' | 'connections' | 'nodeTypes'
> {
	/** Node types that replace or complete the built-in stand-ins. */
	standIns?: NodeTypeMap;
	/** Where Read/Write Files from Disk reads and writes, whatever folder the workflow names. */
	filesFolder?: string;
}

/** The nodes, connections and settings of an exported workflow. */
export function readWorkflowFile(path: string): WorkflowFile {
	return jsonParse<WorkflowFile>(readFileSync(path, 'utf8'));
}

/** Runs an exported workflow, as it is, on the engine with the stand-ins for n8n's own nodes. */
export async function runWorkflowFile(
	path: string,
	{ standIns, filesFolder, ...options }: WorkflowFileOptions = {},
): Promise<WorkflowRun> {
	const { nodes, connections, settings } = readWorkflowFile(path);
	const files: NodeTypeMap = filesFolder
		? { 'n8n-nodes-base.readWriteFile': readWriteFile(filesFolder) }
		: {};
	return await runWorkflow({
		...options,
		nodes,
		connections,
		settings: { ...settings, ...options.settings },
		nodeTypes: { ...files, ...standIns },
	});
}
