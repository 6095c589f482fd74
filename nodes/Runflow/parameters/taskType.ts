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
	);
};

export const taskType = parameter(
	{
		displayName: 'Task Type',
		name: 'taskType',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. product_photography',
		description:
			'The kind of image to expect. Runflow picks its judges based on it. Common values are headshot, product_photography, and ad_creative.',
	},
	required,
);
