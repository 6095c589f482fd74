import type { INodeProperties } from 'n8n-workflow';

import { isProblem, ParameterProblem } from './check';
import { text } from './kinds';
import { parameter } from './parameter';
import type { Kind } from './parameter';

const required: Kind<string> = (value, asked) => {
	const read = text(value, asked);
	if (isProblem(read) || read !== '') return read;
	return new ParameterProblem(
		`'${asked.label}' is empty`,
		'Say what kind of image it is meant to be, for example product_photography',
		'task type',
	);
};

const NAME_AND_USE = { displayName: 'Task Type', name: 'taskType', required: true, default: '' };

export const taskType = parameter(
	{
		...NAME_AND_USE,
		type: 'options',
		allowArbitraryValues: true,
		options: [
			{ name: 'Ad Creative', value: 'ad_creative' },
			{ name: 'Headshot', value: 'headshot' },
			{ name: 'Product Photography', value: 'product_photography' },
		],
		hint: 'Not in the list? Switch to Expression and enter your own, such as logo or social_media_post',
		description: 'The kind of image to expect, by which Runflow picks its judges',
		displayOptions: { hide: { '@tool': [true] } },
	},
	required,
);

/** For an agent, which fills in text but cannot choose from a list. */
const taskTypeOfTool: INodeProperties = {
	...NAME_AND_USE,
	type: 'string',
	placeholder: 'e.g. product_photography',
	description:
		'The kind of image to expect, such as headshot, product_photography, or ad_creative: Runflow picks its judges based on it',
	displayOptions: { show: { '@tool': [true] } },
};

export const taskTypeFields = [taskType.field, taskTypeOfTool];
