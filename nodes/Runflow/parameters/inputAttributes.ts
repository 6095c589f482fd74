import type { IDataObject } from 'n8n-workflow';

import { isObject, isTooDeep } from '../api/read';
import { isProblem, ParameterProblem } from './check';
import { jsonObject } from './kinds';
import { parameter } from './parameter';
import type { Kind } from './parameter';
import { asJson } from './value';

/** What is sent must be readable again: the answer echoes it one level deeper, in a list perhaps more. */
const MOST_LEVELS = 90;

const flatEnough: Kind<IDataObject | undefined> = (value, asked) => {
	const isTextTooDeep = typeof value !== 'string' && isTooDeep(value, MOST_LEVELS);
	const read = isTextTooDeep ? undefined : jsonObject(value, asked);
	if (isProblem(read)) return read;
	if (!isTextTooDeep && !isTooDeep(read, MOST_LEVELS)) return asSent(read);
	return new ParameterProblem(
		`'${asked.label}' is nested too deeply`,
		'It has more than 90 levels. Pick the properties that the image should have',
	);
};

function asSent(read: IDataObject | undefined): IDataObject | undefined {
	const sent = read === undefined ? undefined : asJson(read);
	return isObject(sent) ? sent : undefined;
}

export const inputAttributes = parameter(
	{
		displayName: 'Input Attributes',
		name: 'inputAttributes',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. { "aspect_ratio": "9:16" }',
		description: 'Properties that the image should have, as a JSON object',
	},
	flatEnough,
	'additionalFields',
);
