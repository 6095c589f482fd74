import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { VERDICTS } from '../../verdict/verdict';

/**
 * When the execution goes on, n8n looks for the origin of an item in output 2 at input 2, which a
 * node with one input lacks; and it takes no origin from the node itself unless told to.
 */
export function linkEveryOutput(context: IExecuteFunctions): void {
	const { source } = context.getExecuteData();
	const [origin] = source?.main ?? [];
	if (source && origin) source.main = VERDICTS.map(() => origin);
	context.setMetadata({ preserveSourceOverwrite: true });
}

/**
 * n8n links the items of a resumed node to its input by their position in the output, which is
 * right only where it is the position in the input too. Elsewhere no link is better than one to
 * the wrong row: n8n then says that it does not know the item.
 */
export function linked(outputs: INodeExecutionData[][]): INodeExecutionData[][] {
	return outputs.map((items) =>
		items.map((item, position) => {
			if (rowOf(item) === position) return item;
			return { ...item, pairedItem: { item: position, sourceOverwrite: UNKNOWN_SOURCE } };
		}),
	);
}

function rowOf({ pairedItem }: INodeExecutionData): number | undefined {
	return typeof pairedItem === 'object' && 'item' in pairedItem ? pairedItem.item : undefined;
}

/**
 * n8n asks for the row of an item that it moves to the error output, and stops the execution when it
 * does not know it. With several outputs it may not, so there an item in error is kept out of that by
 * one more key: n8n moves those that have only `error`, `message` and `details`.
 */
export function keptInPlace(item: INodeExecutionData): INodeExecutionData {
	if (!('error' in item.json)) return item;
	return { ...item, json: { ...item.json, verdict: 'no_verdict' } };
}

const UNKNOWN_SOURCE = { previousNode: 'No longer known after a parked wait' };
