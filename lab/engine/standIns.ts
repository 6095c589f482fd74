import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeType } from 'n8n-workflow';

import { filter, ifNode } from './standInConditions';
import { describeStandIn, text } from './standInDescription';
import { convertToFile, extractFromFile, readWriteFile } from './standInFiles';
import { set } from './standInSet';

const { Main } = NodeConnectionTypes;

/** Merge with two inputs, which appends what it gets. */
const merge: INodeType = {
	description: { ...describeStandIn('merge', []), inputs: [Main, Main] },
	async execute(this: IExecuteFunctions) {
		return [[0, 1].flatMap((input) => this.getInputData(input))];
	},
};

const stopAndError: INodeType = {
	description: describeStandIn('stopAndError', [text('errorMessage')], ['input']),
	async execute(this: IExecuteFunctions) {
		throw new NodeOperationError(this.getNode(), String(this.getNodeParameter('errorMessage', 0)));
	},
};

/** Small replacements for n8n's own nodes, with their names and parameters: the same JSON runs in n8n. */
export const STAND_INS: Record<string, INodeType> = {
	'n8n-nodes-base.manualTrigger': passThrough('manualTrigger', ['trigger']),
	'n8n-nodes-base.scheduleTrigger': passThrough('scheduleTrigger', ['trigger']),
	'n8n-nodes-base.noOp': passThrough('noOp', ['organization']),
	'n8n-nodes-base.stickyNote': passThrough('stickyNote', ['input']),
	'n8n-nodes-base.readWriteFile': readWriteFile(),
	'n8n-nodes-base.extractFromFile': extractFromFile,
	'n8n-nodes-base.convertToFile': convertToFile,
	'n8n-nodes-base.set': set,
	'n8n-nodes-base.filter': filter,
	'n8n-nodes-base.if': ifNode,
	'n8n-nodes-base.merge': merge,
	'n8n-nodes-base.stopAndError': stopAndError,
};

/** A node that hands on what it gets; as a trigger it hands on the input of the run. */
export function passThrough(
	name: string,
	group: INodeType['description']['group'] = ['transform'],
): INodeType {
	return {
		description: describeStandIn(name, [], group),
		async execute(this: IExecuteFunctions) {
			return [this.getInputData()];
		},
	};
}
