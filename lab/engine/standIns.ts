import type { IExecuteFunctions, INodeType } from 'n8n-workflow';

import { filter, ifNode } from './standInConditions';
import { describeStandIn } from './standInDescription';
import { convertToFile, extractFromFile, readWriteFile } from './standInFiles';
import { set } from './standInSet';

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
