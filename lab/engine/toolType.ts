import {
	NodeConnectionTypes,
	deepCopy,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

/** The AI tool n8n makes of a node (n8n CLI, `convertNodeToAiTool`): same code, another description. */
export function asTool(base: INodeType): INodeType {
	if (!base.description.usableAsTool) {
		throw new Error(`"${base.description.name}" is not usable as a tool`);
	}
	const tool: INodeType = Object.create(base);
	tool.description = toolDescription(base.description);
	return tool;
}

function toolDescription(base: INodeTypeDescription): INodeTypeDescription {
	const { usableAsTool, ...rest } = deepCopy(base);
	const replacements = typeof usableAsTool === 'object' ? usableAsTool.replacements : {};
	return {
		...rest,
		...replacements,
		name: `${base.name}Tool`,
		displayName: `${base.displayName} Tool`,
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
		properties: [...DESCRIPTION_PROPERTIES, ...rest.properties],
	};
}

const DESCRIPTION_PROPERTIES: INodeProperties[] = [
	{
		displayName: 'Tool Description',
		name: 'descriptionType',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Set Automatically', value: 'auto' },
			{ name: 'Set Manually', value: 'manual' },
		],
		default: 'auto',
	},
	{
		displayName: 'Description',
		name: 'toolDescription',
		type: 'string',
		default: '',
		displayOptions: { show: { descriptionType: ['manual'] } },
	},
];
