import { NodeOperationError } from 'n8n-workflow';

import type { NodeDesk } from '../desk';
import { emptyRowMessage } from '../messages/emptyRow';
import type { ParameterProblem } from '../parameters/check';
import { excerpt } from '../parameters/value';

/** Whether the rows are images that are to be judged. */
export function isSubmitting({ operation }: NodeDesk): boolean {
	return operation.startsWith('submit');
}

/** Throws where the first unusable row lacks a required value, unless problems become items. */
export function throwIfEmpty(desk: NodeDesk, unusable: Map<number, ParameterProblem>): void {
	const [first] = unusable;
	if (first === undefined || desk.continues) return;
	const [itemIndex, problem] = first;
	const { lacks, wayOut } = problem;
	if (lacks === undefined) return;
	const { rows } = desk;
	const { message, description } = emptyRowMessage(lacks, problem, {
		row: itemIndex + 1,
		empty: [...unusable.values()].filter((each) => each.lacks === lacks).length,
		total: rows.length,
		wayOut,
		fields: Object.keys(rows[itemIndex]?.json ?? {}).map((name) => excerpt(name)),
		nothing: isSubmitting(desk) ? 'Nothing was submitted' : 'Nothing was sent',
	});
	// n8n counts items from 0: beside the row's number its own would be a second one.
	const place = rows.length === 1 ? { itemIndex } : {};
	throw new NodeOperationError(desk.node, message, { description, ...place });
}
