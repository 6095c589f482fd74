import { jsonObject } from './kinds';
import { parameter } from './parameter';

export const inputAttributes = parameter(
	{
		displayName: 'Input Attributes',
		name: 'inputAttributes',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. { "aspect_ratio": "9:16" }',
		description: 'Properties that the image should have, as a JSON object',
	},
	jsonObject,
	'additionalFields',
);
