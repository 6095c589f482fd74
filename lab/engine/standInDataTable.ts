import type { IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';

import { describeStandIn, json, text } from './standInDescription';

/**
 * Data Table on these rows: `get` of all of them, `update` of those whose columns equal the values of
 * all its conditions, with the time of the update where a row has one. null is a value like any other.
 */
export function dataTable(rows: IDataObject[]): INodeType {
	return {
		description: describeStandIn('dataTable', [
			...[text('operation', 'insert'), text('matchType', 'anyCondition')],
			...[json('filters'), json('columns')],
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
	const wanted = conditions(context, item);
	const isKnown = wanted.length > 0 && wanted.every(({ condition }) => condition === 'eq');
	if (!isKnown || context.getNodeParameter('matchType', item) !== 'allConditions')
		throw new Error('The stand-in updates where all conditions, each "eq", are met');
	const values = context.getNodeParameter('columns.value', item, {}) as IDataObject;
	return rows
		.filter((row) => wanted.every((each) => row[String(each.keyName)] === each.keyValue))
		.map((row) => Object.assign(row, values, 'updatedAt' in row && { updatedAt: new Date() }));
}

function conditions(context: IExecuteFunctions, item: number): IDataObject[] {
	return context.getNodeParameter('filters.conditions', item, []) as IDataObject[];
}
