import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { get } from './get.operation';
import { listJobClasses } from './listJobClasses.operation';
import type { Operation } from './operation';
import { sendFeedback } from './sendFeedback.operation';
import { submit, submitFields } from './submit.operation';
import { submitAndWait } from './submitAndWait.operation';
import { wait } from './wait.operation';

const OPERATIONS: Operation[] = [get, listJobClasses, sendFeedback, submit, submitAndWait, wait];

/** Everything a builder can set, in the order of the panel. */
export const evaluationProperties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [{ name: 'Evaluation', value: 'evaluation' }],
		default: 'evaluation',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['evaluation'] } },
		options: OPERATIONS.map(({ option }) => option),
		default: 'submitAndWait',
	},
	...submitFields,
	...OPERATIONS.flatMap(({ fields }) => (fields === submitFields ? [] : fields)),
];

/** Runs the operation that is chosen in the node. */
export async function runOperation(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const chosen = context.getNodeParameter('operation', 0);
	const operation = OPERATIONS.find(({ option }) => option.value === chosen);
	if (operation === undefined) {
		throw new NodeOperationError(context.getNode(), "The chosen 'Operation' does not exist", {
			description: 'Choose one from the list',
		});
	}
	return await operation.execute(context);
}
