import { isUuid } from '../api/read';
import { isProblem, ParameterProblem } from './check';
import { text } from './kinds';
import { parameter } from './parameter';
import type { Kind } from './parameter';

const uuid: Kind<string> = (value, asked) => {
	const read = text(value, asked);
	if (isProblem(read) || read === '' || isUuid(read)) return read;
	return new ParameterProblem(
		`'${asked.label}' is not the ID of a run`,
		'The ID of a Runflow run looks like 0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b',
	);
};

export const runId = parameter(
	{
		displayName: 'Run ID',
		name: 'runId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b',
		description: 'ID of the Runflow run that generated the image, if any',
	},
	uuid,
	'additionalFields',
);
