import {
	jsonParse,
	validateFieldType,
	type FieldType,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';

import { describeStandIn, flag, json, text } from './standInDescription';

interface Assignment {
	name: string;
	value: unknown;
	type?: FieldType;
}

/** Edit Fields (Set) from version 3.3 on: assignments or raw JSON. */
export const set: INodeType = {
	description: describeStandIn('set', [
		text('mode', 'manual'),
		{
			displayName: 'assignments',
			name: 'assignments',
			type: 'assignmentCollection',
			default: {},
		},
		text('jsonOutput', '{}'),
		flag('includeOtherFields'),
		json('options'),
	]),
	async execute(this: IExecuteFunctions) {
		return [this.getInputData().map((item, index) => editItem(this, item, index))];
	},
};

function editItem(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	index: number,
): INodeExecutionData {
	const mode = context.getNodeParameter('mode', index);
	const fields = mode === 'raw' ? rawFields(context, index) : assignedFields(context, index);
	const keep = context.getNodeParameter('includeOtherFields', index) === true;
	return {
		json: { ...(keep ? structuredClone(item.json) : {}), ...fields },
		pairedItem: { item: index },
	};
}

function rawFields(context: IExecuteFunctions, index: number): IDataObject {
	const output = context.getNodeParameter('jsonOutput', index);
	return typeof output === 'string' ? jsonParse<IDataObject>(output) : dataObject(output);
}

function assignedFields(context: IExecuteFunctions, index: number): IDataObject {
	const assignments = context.getNodeParameter('assignments.assignments', index, []);
	const fields: IDataObject = {};
	if (!Array.isArray(assignments)) return fields;
	for (const assignment of assignments as unknown as Assignment[]) {
		setPath(fields, assignment.name, typedValue(assignment));
	}
	return fields;
}

function typedValue({ name, value, type }: Assignment): IDataObject[string] {
	if (!type || value === null || value === undefined) return value as null;
	const checked = validateFieldType(name, value, type);
	if (!checked.valid) throw new Error(checked.errorMessage);
	return checked.newValue as IDataObject[string];
}

/** Dot notation is on by default in the real node. */
function setPath(fields: IDataObject, path: string, value: IDataObject[string]): void {
	const keys = path.split('.');
	const last = keys.pop() ?? path;
	let target = fields;
	for (const key of keys) {
		const inner = dataObject(target[key]);
		target[key] = inner;
		target = inner;
	}
	target[last] = value;
}

function dataObject(value: unknown): IDataObject {
	return Object.assign<IDataObject, unknown>({}, value);
}
