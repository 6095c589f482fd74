import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeProperties,
	type INodeType,
} from 'n8n-workflow';

import { describeStandIn } from './standInDescription';

const CONDITIONS: INodeProperties = {
	...{ displayName: 'Conditions', name: 'conditions', type: 'filter', default: {} },
	typeOptions: { filter: { version: 2 } },
};

/** Filter: hands on the items that meet the conditions. */
export const filter: INodeType = {
	description: describeStandIn('filter', [CONDITIONS]),
	async execute(this: IExecuteFunctions) {
		return [sorted(this, true)];
	},
};

/** IF: what meets the conditions on the first output, the rest on the second. */
export const ifNode: INodeType = {
	description: {
		...describeStandIn('if', [CONDITIONS]),
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
	},
	async execute(this: IExecuteFunctions) {
		return [sorted(this, true), sorted(this, false)];
	},
};

/** The engine itself evaluates a parameter of the type `filter`. */
function sorted(context: IExecuteFunctions, wanted: boolean) {
	return context.getInputData().flatMap((item, index) => {
		const met = context.getNodeParameter('conditions', index, false, { extractValue: true });
		return met === wanted ? [{ ...item, pairedItem: { item: index } }] : [];
	});
}
