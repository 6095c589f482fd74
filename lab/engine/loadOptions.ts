import './environment';

import { LoadOptionsContext } from 'n8n-core';
import type {
	INode,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
} from 'n8n-workflow';

import { createAdditionalData, type EngineOptions } from './additionalData';
import type { CredentialDataMap } from './credentials';
import { RUNFLOW_NODE, RUNFLOW_VERSION } from './names';
import { createWorkflow, getNode } from './workflow';

export interface LoadOptions extends Omit<EngineOptions, 'credentials'> {
	/** Type name of the node; the Runflow node by default. */
	type?: string;
	typeVersion?: number;
	/** Path of the parameter whose list is loaded. */
	path?: string;
}

export interface ListSearchOptions extends LoadOptions {
	filter?: string;
	paginationToken?: string;
}

/** The entries of a dropdown: runs `methods.loadOptions[name]` on a LoadOptionsContext. */
export async function loadOptions(
	name: string,
	credentials: CredentialDataMap,
	currentParameters: INodeParameters = {},
	options: LoadOptions = {},
): Promise<INodePropertyOptions[]> {
	const { methods, context } = prepare(credentials, currentParameters, options);
	const method = methods?.loadOptions?.[name];
	if (!method) throw new Error(`The node has no loadOptions method "${name}"`);
	return await method.call(context);
}

/** The entries of a resource locator: runs `methods.listSearch[name]` on a LoadOptionsContext. */
export async function listSearch(
	name: string,
	credentials: CredentialDataMap,
	currentParameters: INodeParameters = {},
	options: ListSearchOptions = {},
): Promise<INodeListSearchResult> {
	const { methods, context } = prepare(credentials, currentParameters, options);
	const method = methods?.listSearch?.[name];
	if (!method) throw new Error(`The node has no listSearch method "${name}"`);
	return await method.call(context, options.filter, options.paginationToken);
}

function prepare(
	credentials: CredentialDataMap,
	currentNodeParameters: INodeParameters,
	{ type = RUNFLOW_NODE, typeVersion = RUNFLOW_VERSION, path = '', ...rest }: LoadOptions,
) {
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type,
		typeVersion,
		position: [0, 0],
		parameters: currentNodeParameters,
	};
	const options = { ...rest, credentials };
	const workflow = createWorkflow({ ...options, nodes: [node], connections: {} });
	const additionalData = createAdditionalData(options, 'internal');
	additionalData.currentNodeParameters = currentNodeParameters;
	const built = getNode(workflow, node.name);
	const { methods } = workflow.nodeTypes.getByNameAndVersion(type, typeVersion);
	return { methods, context: new LoadOptionsContext(workflow, built, additionalData, path) };
}
