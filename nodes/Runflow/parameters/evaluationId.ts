import { isProblem, ParameterProblem } from './check';
import { text } from './kinds';
import { parameter } from './parameter';
import type { Kind } from './parameter';

const ID = /^[0-9A-Za-z][0-9A-Za-z_-]{0,63}$/;

/** An evaluation's id, safe to be part of a path. */
const id: Kind<string> = (value, asked) => {
	const read = text(value, asked);
	if (isProblem(read) || ID.test(read)) return read;
	const what = read === '' ? 'is empty' : "is not an evaluation's ID";
	return new ParameterProblem(
		`'${asked.label}' ${what}`,
		"Use the 'evaluation_id' that Submit or Runflow Trigger gives, for example with the expression {{ $json.evaluation_id }}",
		read === '' ? 'evaluation ID' : undefined,
	);
};

export const evaluationId = parameter(
	{
		displayName: 'Evaluation ID',
		name: 'evaluationId',
		type: 'string',
		required: true,
		default: '={{ $json.evaluation_id || $json.id }}',
		placeholder: 'e.g. 6a1d3c1e-8a3b-4f5c-9b77-1f1f6d1f0c11',
		description:
			'The ID that Submit, Runflow Trigger, or a message of this node gives for an evaluation',
	},
	id,
);
