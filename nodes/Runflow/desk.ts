import type { IContextObject, IExecuteFunctions } from 'n8n-workflow';

import { parseUrl } from './api/address';
import { accountMemory } from './billing/accounts';
import type { Desk } from './billing/types';
import { isTool } from './parameters/asTool';

const DEFAULT_TRIES = 3;
const MOST_TRIES = 5;

/** Reads what a batch must know of the run of the node. */
export function deskOf(context: IExecuteFunctions): Desk {
	const node = context.getNode();
	const hasRows = context.getInputData().length > 0;
	return {
		token: hasRows ? readToken(context) : undefined,
		executionId: context.getExecutionId(),
		workflowName: context.getWorkflow().name ?? '',
		// Of a node's id and name n8n keeps only the name unique: an imported workflow may repeat ids.
		nodeName: node.name,
		runIndex: hasRows ? Number(context.evaluateExpression('{{ $runIndex }}', 0)) : 0,
		isRetry: context.getMode() === 'retry',
		isTool: isTool(context),
		toolTries: toolTries(context),
		continues: isContinuing(context),
		store: storeOf(context),
		account: accountMemory(node.credentials?.runflowApi?.id ?? undefined),
		log: context.logger,
		today: () => Date.now(),
	};
}

/**
 * Whether problems become items: where the node is set to continue on fail, and as a tool, because
 * of what a tool throws an agent hears the message alone (v3) or nothing at all (v2).
 */
export function isContinuing(context: IExecuteFunctions): boolean {
	return context.continueOnFail() || isTool(context);
}

/**
 * What one execution spends and knows counts for all its Runflow nodes, so it is kept for the whole of
 * it. None of n8n's nodes does that: should n8n drop it, each node remembers for itself.
 */
function storeOf(context: IExecuteFunctions): IContextObject {
	try {
		return context.getContext('flow');
	} catch {
		return context.getContext('node');
	}
}

/**
 * Random for each execution, stored when it starts and taken into every retry, after a crash too
 * (n8n since about 2.14). Execution ids are counted from 1 in every n8n.
 */
function readToken(context: IExecuteFunctions): string | undefined {
	const resumeUrl: unknown = context.evaluateExpression('{{ $execution.resumeUrl }}', 0);
	if (typeof resumeUrl !== 'string') return undefined;
	return parseUrl(resumeUrl)?.searchParams.get('signature') || undefined;
}

/** What a tool answers in process is heard, errors too; the engine tries again after an error item. */
function toolTries(context: IExecuteFunctions): number {
	const { retryOnFail, maxTries = DEFAULT_TRIES } = context.getNode();
	if (retryOnFail !== true || context.isToolExecution?.()) return 1;
	return Math.min(MOST_TRIES, Math.max(2, maxTries));
}
