import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';

import { isContinuing } from '../desk';
import { emptyRowMessage } from '../messages/emptyRow';
import type { ParameterProblem } from '../parameters/check';
import { excerpt } from '../parameters/value';

/** Whether the rows are images that are to be judged. */
export function isSubmitting(context: IExecuteFunctions): boolean {
	return String(context.getNodeParameter('operation', 0, '')).startsWith('submit');
}

/** Throws where the first unusable row lacks a required value, unless problems become items. */
export function throwIfEmpty(
	context: IExecuteFunctions,
	unusable: Map<number, ParameterProblem>,
): void {
	const [first] = unusable;
	if (first === undefined || isContinuing(context)) return;
	const [itemIndex, problem] = first;
	const { lacks } = problem;
	if (lacks === undefined) return;
	const input = context.getInputData();
	const { message, description } = emptyRowMessage(lacks, problem, {
		row: itemIndex + 1,
		empty: [...unusable.values()].filter((each) => each.lacks === lacks).length,
		total: input.length,
		fields: Object.keys(input[itemIndex]?.json ?? {}).map((name) => excerpt(name)),
		nothing: isSubmitting(context) ? 'Nothing was submitted' : 'Nothing was sent',
	});
	// n8n counts items from 0: beside the row's number its own would be a second one.
	const place = input.length === 1 ? { itemIndex } : {};
	throw new NodeOperationError(context.getNode(), message, { description, ...place });
}
