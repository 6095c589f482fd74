import { isProblem, ParameterProblem } from './check';
import { text } from './kinds';
import { parameter } from './parameter';
import type { Kind, Parameter } from './parameter';
import { expressionFor, idBeside, isIdOfRow } from './rowIds';
import type { IdCell } from './rowIds';
import type { ItemSource } from './source';

const LACKED = 'evaluation ID';
const ID = /^[0-9A-Za-z][0-9A-Za-z_-]{0,63}$/;

/** An evaluation's id, safe to be part of a path. */
const id: Kind<string> = (value, asked) => {
	const read = text(value, asked);
	if (isProblem(read) || ID.test(read)) return read;
	const what = read === '' ? 'is empty' : "is not an evaluation's ID";
	return new ParameterProblem(
		`'${asked.label}' ${what}`,
		"Use the 'evaluation_id' that Submit or Runflow Trigger gives, for example with the expression {{ $json.evaluation_id }}",
		read === '' ? LACKED : undefined,
	);
};

const idAlone = parameter(
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

/** Read with the item beside it: rows of tables have an ID of their own, which is no evaluation. */
export const evaluationId: Parameter<string> = {
	field: idAlone.field,
	read: (source: ItemSource) => {
		const given = idAlone.read(source);
		const row = source.row?.json ?? {};
		if (isProblem(given)) {
			const beside = given.lacks === undefined ? undefined : idBeside(row);
			if (beside === undefined) return given;
			return new ParameterProblem(given.message, whereItStands(beside), LACKED);
		}
		if (!isIdOfRow(given, row)) return given;
		const beside = idBeside(row);
		return new ParameterProblem(
			`'${idAlone.field.displayName}' is the ID of the row, not of an evaluation`,
			beside === undefined ? NOT_IN_ROW : whereItStands(beside),
			LACKED,
		);
	},
};

const NOT_IN_ROW =
	"The item holds no 'evaluation_id' as Submit gives it. Enter the column that does, and leave out rows that were not judged";

function whereItStands({ path, value }: IdCell): string {
	const expression = expressionFor(path);
	return value === ''
		? `The row has no evaluation yet: ${expression} is empty`
		: `The item has it elsewhere: enter ${expression}`;
}
