import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import type { Evaluation } from '../api/types';
import type { NodeDesk } from '../desk';
import { isProblem } from '../parameters/check';
import { clientRef } from '../parameters/description';
import { evaluationId } from '../parameters/evaluationId';
import { givenAddress } from '../parameters/image';
import type { Reader } from '../parameters/parameter';
import type { ItemSource } from '../parameters/source';
import { taskType } from '../parameters/taskType';
import { forTables, PLAIN_SHAPE, shape } from '../parameters/verdict';
import { oneLine } from '../verdict/labels';
import { withRequest } from '../verdict/sent';
import { shapeEvaluation } from '../verdict/shape';
import type { Problem } from './problem';

/** Operations of the resource Evaluation whose items are no images. */
const WITHOUT_IMAGES = ['createReport', 'listJobClasses'];

/**
 * The item that stands for a problem when the node is set to continue. It has the fields of every
 * other item, so that a table's row says that it was not judged, whatever it said before.
 */
export function toErrorItem(desk: NodeDesk, problem: Problem): INodeExecutionData {
	const { itemIndex, message, description, evaluationId: id, status, code } = problem;
	const details = known({ evaluation_id: id, http_status: status, code });
	const source = desk.source(itemIndex);
	const isAbout = isAboutImages(desk);
	const isFlat = isAbout && forTables.read(source) === true;
	const json = {
		error: message,
		message: description,
		...(details !== undefined && { details: isFlat ? JSON.stringify(details) : details }),
		...(isAbout && noVerdict(source, problem)),
	};
	return { json, pairedItem: { item: itemIndex } };
}

/** The item for an error that is not about its row alone. */
export function fromError(desk: NodeDesk, itemIndex: number, error: unknown): INodeExecutionData {
	const message = error instanceof Error ? error.message : String(error);
	const advice = error instanceof NodeOperationError ? (error.description ?? '') : '';
	return toErrorItem(desk, { itemIndex, message, description: advice });
}

/** An agent reads every word of an answer and has no row: it hears what went wrong alone. */
function isAboutImages({ isTool, resource, operation }: NodeDesk): boolean {
	return !isTool && resource === 'evaluation' && !WITHOUT_IMAGES.includes(operation);
}

/** The row's verdict is that there is none, with what could be read of what was asked. */
function noVerdict(source: ItemSource, problem: Problem): IDataObject {
	const read = <T>(reader: Reader<T>) => {
		const value = reader.read(source);
		return isProblem(value) ? undefined : value;
	};
	const seen = problem.evaluation ?? {
		id: problem.evaluationId ?? read(evaluationId) ?? '',
		status_code: '',
	};
	const evaluation: Evaluation = withRequest(seen, {
		generated_image_url: read(givenAddress) ?? '',
		task_type: read(taskType) ?? '',
		client_ref: read(clientRef),
	});
	const looks = { ...(read(shape) ?? PLAIN_SHAPE), simple: true };
	const reason = oneLine(problem.message);
	return { ...shapeEvaluation(evaluation, looks), verdict: 'no_verdict', passed: false, reason };
}

function known(facts: IDataObject): IDataObject | undefined {
	const entries = Object.entries(facts).filter(([, value]) => value !== undefined);
	return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/**
 * n8n moves to the error output what has an `error` beside its fields, and puts the input row under
 * it; but of an item that still has one later it keeps the message alone. One that is not enumerable
 * is seen by the first and not copied for the second.
 */
export function forErrorOutput(
	node: INode,
	outputs: INodeExecutionData[][],
): INodeExecutionData[][] {
	if (node.onError !== 'continueErrorOutput') return outputs;
	for (const item of outputs.flat()) {
		if (typeof item.json.error !== 'string') continue;
		const value = new NodeOperationError(node, item.json.error);
		Object.defineProperty(item, 'error', { value, enumerable: false });
	}
	return outputs;
}
