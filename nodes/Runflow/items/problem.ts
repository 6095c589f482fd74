import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';

import type { ApiFailure } from '../api/attempt';
import type { Evaluation } from '../api/types';
import type { NodeDesk } from '../desk';
import { describeFailure } from '../messages/failure';
import type { Message } from '../messages/message';

/** Why one item has no result. */
export interface Problem extends Message {
	itemIndex: number;
	/** The evaluation that exists nevertheless. */
	evaluationId?: string;
	/** What was last seen of it. */
	evaluation?: Evaluation;
	/** HTTP status and API code, when an answer of the API is the reason. */
	status?: number;
	code?: string;
}

export function problemFrom(
	failure: ApiFailure,
	itemIndex: number,
	evaluationId?: string,
	timeoutField?: string,
): Problem {
	const { status, code } = failure;
	return { ...describeFailure(failure, timeoutField), itemIndex, evaluationId, status, code };
}

/** The error that n8n shows: an API error when the API answered, else an operation error. */
export function toNodeError(node: INode, problem: Problem): NodeApiError | NodeOperationError {
	const { itemIndex, message, description, status } = problem;
	if (status === undefined) {
		return new NodeOperationError(node, message, { description, itemIndex });
	}
	return new NodeApiError(node, {}, { message, description, itemIndex, httpCode: `${status}` });
}

/** Throws the first problem unless problems become items. */
export function throwUnlessContinuing({ continues, node }: NodeDesk, problems: Problem[]): void {
	const [first] = problems;
	if (first !== undefined && !continues) throw toNodeError(node, first);
}
