import type { IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';

import { describeStandIn, json, text } from './standInDescription';

/**
 * Data Table on these rows: `get` of all of them, `update` of those whose column equals the value of
 * its one condition. null is a value like any other.
 */
export function dataTable(rows: IDataObject[]): INodeType {
	return {
		description: describeStandIn('dataTable', [
			...[text('operation', 'insert'), json('filters'), json('columns')],
		]),
		async execute(this: IExecuteFunctions) {
			const operate = { get: readAll, update: writeMatching }[operation(this)];
			return [
				[...this.getInputData().keys()].flatMap((item) =>
					operate(this, rows, item).map((row) => ({ json: { ...row }, pairedItem: { item } })),
				),
			];
		},
	};
}

function operation(context: IExecuteFunctions): 'get' | 'update' {
	const name = context.getNodeParameter('operation', 0);
	if (name === 'get' || name === 'update') return name;
	throw new Error(`The stand-in knows only "get" and "update", not "${String(name)}"`);
}

function readAll(context: IExecuteFunctions, rows: IDataObject[], item: number): IDataObject[] {
	if (conditions(context, item).length > 0) throw new Error('The stand-in gets all rows only');
	return rows;
}

function writeMatching(
	context: IExecuteFunctions,
	rows: IDataObject[],
	item: number,
): IDataObject[] {
	const [condition, ...more] = conditions(context, item);
	if (condition?.condition !== 'eq' || more.length > 0)
		throw new Error('The stand-in updates by one condition, "eq"');
	const values = context.getNodeParameter('columns.value', item, {}) as IDataObject;
	return rows
		.filter((row) => row[String(condition.keyName)] === condition.keyValue)
		.map((row) => Object.assign(row, values));
}

function conditions(context: IExecuteFunctions, item: number): IDataObject[] {
	return context.getNodeParameter('filters.conditions', item, []) as IDataObject[];
}
