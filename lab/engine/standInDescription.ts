import { NodeConnectionTypes, type INodeProperties, type INodeTypeDescription } from 'n8n-workflow';

/** Parameters the engine keeps; those a description does not name are dropped from a node. */
export function describeStandIn(
	name: string,
	properties: INodeProperties[],
	group: INodeTypeDescription['group'] = ['transform'],
): INodeTypeDescription {
	return {
		name,
		displayName: name,
		description: `Stand-in for ${name}`,
		group,
		version: 1,
		defaults: { name },
		inputs: group.includes('trigger') ? [] : [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties,
	};
}

export function text(name: string, initial = ''): INodeProperties {
	return { displayName: name, name, type: 'string', default: initial };
}

export function flag(name: string): INodeProperties {
	return { displayName: name, name, type: 'boolean', default: false };
}

/** A collection whose content is kept as it is. */
export function json(name: string): INodeProperties {
	return { displayName: name, name, type: 'json', default: {} };
}
