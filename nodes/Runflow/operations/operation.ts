import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

import type { NodeDesk } from '../desk';

/** One operation: what a builder sees of it alone, and what it does. */
export interface Operation {
	option: INodePropertyOptions;
	fields?: INodeProperties[];
	/** Runs for all input items together and returns the data of each output. */
	execute(desk: NodeDesk, context: IExecuteFunctions): Promise<INodeExecutionData[][]>;
}

/** Shows fields for these operations only. */
export function shownFor(
	operations: string[],
	fields: INodeProperties[],
	resource = 'evaluation',
): INodeProperties[] {
	const show = { resource: [resource], operation: operations };
	return fields.map((field) => ({
		...field,
		displayOptions: { ...field.displayOptions, show: { ...field.displayOptions?.show, ...show } },
	}));
}
