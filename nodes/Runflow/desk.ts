import type {
	IBinaryData,
	IContextObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	NodeTypeAndVersion,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { parseUrl } from './api/address';
import { accountMemory } from './billing/accounts';
import type { Desk } from './billing/types';
import type { RunflowClient } from './api/client';
import { connectForAll } from './connect';
import type { OtherAccount } from './connect';
import { itemSource } from './parameters/source';
import type { ItemSource } from './parameters/source';
import { systemClock } from './waiting/clock';
import type { Clock } from './waiting/clock';

const DEFAULT_TRIES = 3;
const MOST_TRIES = 5;

/** The run of the node as its rows need it: n8n's context is read here, and below are plain values. */
export interface NodeDesk extends Desk {
	readonly node: INode;
	readonly rows: INodeExecutionData[];
	readonly resource: string;
	readonly operation: string;
	readonly mode: WorkflowExecuteMode;
	readonly signal: AbortSignal | undefined;
	readonly clock: Clock;
	/** What holds for all rows together is read with the expressions of the first. */
	readonly batch: ItemSource;
	source(itemIndex: number): ItemSource;
	/** The API for all rows together. */
	connect(): Promise<RunflowClient | OtherAccount>;
	/** Whether a workflow that called this one gets what comes out here. */
	isLastOfSubWorkflow(): boolean;
	/** The enabled nodes of a type that take what comes out here, as it is. */
	next(type: string): NodeTypeAndVersion[];
	readonly timeZone: string;
	/** A file for an item of the output. */
	file(content: Buffer, name: string, mimeType: string): Promise<IBinaryData>;
	/** Shows a line above the output. */
	hint(message: string): void;
}

/** Reads what is to be known of the run of the node; what costs n8n an expression, when it is asked for. */
export function deskOf(context: IExecuteFunctions): NodeDesk {
	const node = context.getNode();
	const rows = context.getInputData();
	const mode = context.getMode();
	const signal = context.getExecutionCancelSignal?.();
	const isTool = context.isToolExecution?.() || node.type.endsWith('Tool');
	const expression = (text: string): unknown =>
		rows.length > 0 ? context.evaluateExpression(text, 0) : undefined;
	return {
		node,
		rows,
		resource: String(context.getNodeParameter('resource', 0, 'evaluation')),
		operation: String(context.getNodeParameter('operation', 0, '')),
		mode,
		signal,
		clock: systemClock(signal),
		batch: itemSource(context, 0, rows[0]),
		source: (itemIndex) => itemSource(context, itemIndex, rows[itemIndex]),
		connect: async () => await connectForAll(context),
		isLastOfSubWorkflow: () =>
			mode === 'integrated' && context.getChildNodes(node.name).length === 0,
		next: (type) =>
			context
				.getChildNodes(node.name, { includeNodeParameters: true })
				.filter((child) => child.type === type && !child.disabled)
				.filter((child) =>
					context.getParentNodes(child.name, { depth: 1 }).some(({ name }) => name === node.name),
				),
		get timeZone() {
			return context.getTimezone();
		},
		file: async (content, name, mimeType) =>
			await context.helpers.prepareBinaryData(content, name, mimeType),
		hint: (message) => context.addExecutionHints?.({ message, location: 'outputPane' }),
		get token() {
			return signatureIn(expression('{{ $execution.resumeUrl }}'));
		},
		executionId: context.getExecutionId(),
		workflowName: context.getWorkflow().name ?? '',
		// Of a node's id and name n8n keeps only the name unique: an imported workflow may repeat ids.
		nodeName: node.name,
		get runIndex() {
			return Number(expression('{{ $runIndex }}') ?? 0);
		},
		isRetry: mode === 'retry',
		isTool,
		toolTries: toolTries(context),
		// Of what a tool throws an agent hears the message alone (v3) or nothing at all (v2).
		continues: context.continueOnFail() || isTool,
		get store() {
			return storeOf(context);
		},
		account: accountMemory(node.credentials?.runflowApi?.id ?? undefined),
		log: context.logger,
		today: () => Date.now(),
	};
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
function signatureIn(resumeUrl: unknown): string | undefined {
	if (typeof resumeUrl !== 'string') return undefined;
	return parseUrl(resumeUrl)?.searchParams.get('signature') || undefined;
}

/** What a tool answers in process is heard, errors too; the engine tries again after an error item. */
function toolTries(context: IExecuteFunctions): number {
	const { retryOnFail, maxTries = DEFAULT_TRIES } = context.getNode();
	if (retryOnFail !== true || context.isToolExecution?.()) return 1;
	return Math.min(MOST_TRIES, Math.max(2, maxTries));
}
