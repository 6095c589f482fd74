import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';

import type { ApiFailure } from '../api/attempt';
import { describeFailure } from '../messages/failure';
import type { Message } from '../messages/message';
import { isTool } from '../parameters/asTool';

/** Why one item has no result. */
export interface Problem extends Message {
	itemIndex: number;
	/** The evaluation that exists nevertheless. */
	evaluationId?: string;
	/** HTTP status and API code, when an answer of the API is the reason. */
	status?: number;
	code?: string;
}

export function problemFrom(
	failure: ApiFailure,
	itemIndex: number,
	evaluationId?: string,
): Problem {
	const { status, code } = failure;
	return { ...describeFailure(failure), itemIndex, evaluationId, status, code };
}

/** The error that n8n shows: an API error when the API answered, else an operation error. */
export function toNodeError(node: INode, problem: Problem): NodeApiError | NodeOperationError {
	const { itemIndex, message, description, status } = problem;
	if (status === undefined) {
		return new NodeOperationError(node, message, { description, itemIndex });
	}
	return new NodeApiError(node, {}, { message, description, itemIndex, httpCode: `${status}` });
}

/**
 * The item that stands for a problem when the node is set to continue. n8n sends it to the error
 * output as long as its keys are only `error`, `message` and `details`.
 */
export function toErrorItem(problem: Problem): INodeExecutionData {
	const { itemIndex, message, description, evaluationId, status, code } = problem;
	const facts = { evaluation_id: evaluationId, http_status: status, code };
	const known = Object.entries(facts).filter(([, value]) => value !== undefined);
	const details: IDataObject = Object.fromEntries(known);
	return {
		json: { error: message, message: description, ...(known.length > 0 && { details }) },
		pairedItem: { item: itemIndex },
	};
}

/**
 * Whether problems become items: where the node is set to continue on fail, and as a tool, because
 * of what a tool throws an agent hears the message alone (v3) or nothing at all (v2).
 */
export function isContinuing(context: IExecuteFunctions): boolean {
	return context.continueOnFail() || isTool(context);
}

/** Throws the first problem unless problems become items. */
export function throwUnlessContinuing(context: IExecuteFunctions, problems: Problem[]): void {
	const [first] = problems;
	if (first !== undefined && !isContinuing(context)) throw toNodeError(context.getNode(), first);
}

/** What an agent gets to read of an error that is about no item. */
export function toToolAnswer(error: unknown): INodeExecutionData {
	const message = error instanceof Error ? error.message : String(error);
	const advice = error instanceof NodeOperationError ? (error.description ?? '') : '';
	return toErrorItem({ itemIndex: 0, message, description: advice });
}
