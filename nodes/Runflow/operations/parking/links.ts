import type { INode, INodeExecutionData } from 'n8n-workflow';

import { isObject } from '../../api/read';

export const UNKNOWN_SOURCE = { previousNode: 'No longer known after a parked wait' };

/**
 * n8n links the items of a resumed node to its input by their position in the output, which is right
 * only where it is the position in the input too, and told only for the first output. Elsewhere no
 * link is better than one to the wrong row: n8n then says that it does not know the item.
 */
export function linked(outputs: INodeExecutionData[][]): INodeExecutionData[][] {
	const rows = outputs.flat().length;
	return outputs.map((items, output) =>
		items.map((item, position) => {
			const isTold = rows === 1 || output === 0;
			if (isTold && rowOf(item) === position) return item;
			return { ...item, pairedItem: { item: position, sourceOverwrite: UNKNOWN_SOURCE } };
		}),
	);
}

function rowOf({ pairedItem }: INodeExecutionData): number | undefined {
	return typeof pairedItem === 'object' && 'item' in pairedItem ? pairedItem.item : undefined;
}

/** Fields that say how an image was judged. */
const SPEAKING = ['verdict', 'passed', 'overall_passed', 'weighted_pass_rate'];

/**
 * What n8n stores of an item in error, for an error output later: it moves an item that has only
 * `error`, `message` and `details`, and puts the input row under it. A row with an earlier verdict
 * would speak for the image then, so its item keeps all fields and comes out of the first output.
 */
export function forLater(
	node: INode,
	item: INodeExecutionData,
	row: INodeExecutionData,
): INodeExecutionData {
	const { error, message, details, input } = item.json;
	const hasErrorOutput = node.onError === 'continueErrorOutput';
	if (error === undefined || !hasErrorOutput) return item;
	if (SPEAKING.some((name) => name in row.json)) return item;
	const told = { ...(isObject(details) && details), ...(input !== undefined && { input }) };
	const json = { error, message, ...(Object.keys(told).length > 0 && { details: told }) };
	return { ...item, json };
}
