import './environment';

import { WebhookContext } from 'n8n-core';
import {
	NodeHelpers,
	type IHttpRequestMethods,
	type INode,
	type INodeExecutionData,
	type IRunExecutionData,
	type IWebhookData,
	type IWebhookDescription,
	type IWebhookResponseData,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { plainError, type PlainError } from './outcome';
import { WebhookRequest, receiveRequest, type WebhookRequestOptions } from './webhookRequest';
import { WebhookResponse, type SentResponse } from './webhookResponse';

/** What one request to a webhook led to. */
export interface WebhookOutcome {
	/** What the node's `webhook()` returned; undefined if it was not reached or threw. */
	result?: IWebhookResponseData;
	/** What it threw. */
	error?: PlainError;
	response: SentResponse;
	/** What an execution starts or goes on with; undefined if the request starts none. */
	items?: INodeExecutionData[][];
	/** The messages the node logged, each with its level in front: `warn: …`. */
	logged: string[];
}

export interface Invocation {
	workflow: Workflow;
	node: INode;
	additionalData: IWorkflowExecuteAdditionalData;
	mode: WorkflowExecuteMode;
	webhook: IWebhookData;
	runExecutionData: IRunExecutionData | null;
	request: WebhookRequestOptions;
}

/** Runs `webhook()` on a WebhookContext and answers the caller as n8n's server does it. */
export async function invokeWebhook(invocation: Invocation): Promise<WebhookOutcome> {
	const { workflow, node, additionalData, mode, webhook, runExecutionData } = invocation;
	const response = new WebhookResponse();
	const logged: string[] = [];
	const request = receiveRequest(invocation.request, node.typeVersion);
	if (!(request instanceof WebhookRequest)) {
		return { response: refuse(request.status, request.message), logged };
	}
	additionalData.httpRequest = request;
	additionalData.httpResponse = response;
	const type = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	if (!type.webhook) throw new Error(`"${node.type}" has no webhook`);
	const context = new WebhookContext(
		workflow,
		node,
		additionalData,
		mode,
		webhook,
		[],
		runExecutionData,
	);
	Object.defineProperty(context, 'logger', { value: recordingLogger(logged) });
	try {
		const result = await type.webhook.call(context);
		answer(result, webhook.webhookDescription, response);
		return { result, response: response.sent, items: result.workflowData, logged };
	} catch (error) {
		const message = 'Workflow Webhook Error: Workflow could not be started!';
		if (!response.headersSent) response.status(500).json({ code: 0, message });
		return { error: plainError(error), response: response.sent, items: [[{ json: {} }]], logged };
	}
}

/** The first webhook of a node that is `wanted`, its path evaluated. */
export function findWebhook(
	workflow: Workflow,
	node: INode,
	additionalData: IWorkflowExecuteAdditionalData,
	wanted: (webhook: IWebhookData) => boolean,
): IWebhookData | undefined {
	const type = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	const evaluate = (value: string | boolean | undefined) =>
		workflow.expression.getSimpleParameterValue(node, value, 'internal', {}, undefined, '');
	return (type.description.webhooks ?? [])
		.map((webhookDescription): IWebhookData => {
			const path = String(evaluate(webhookDescription.path)).replace(/^\/|\/$/g, '');
			const isFullPath = evaluate(webhookDescription.isFullPath) === true;
			const restart = evaluate(webhookDescription.restartWebhook) === true;
			return {
				httpMethod: String(evaluate(webhookDescription.httpMethod)) as IHttpRequestMethods,
				node: node.name,
				path: NodeHelpers.getNodeWebhookPath(workflow.id, node, path, isFullPath, restart),
				webhookDescription,
				workflowId: workflow.id,
				workflowExecuteAdditionalData: additionalData,
			};
		})
		.find(wanted);
}

/** An answer of the server itself. */
export function refuse(status: number, message: string): SentResponse {
	return new WebhookResponse().status(status).json({ code: status, message }).sent;
}

function answer(
	result: IWebhookResponseData,
	{ responseData }: IWebhookDescription,
	response: WebhookResponse,
): void {
	if (result.noWebhookResponse) return;
	const own: unknown = result.webhookResponse;
	if (result.workflowData === undefined) {
		response.send(own === undefined ? { message: 'Webhook call received' } : own);
		return;
	}
	// A missing `responseData` makes n8n answer with the literal text "firstEntryJson".
	const text = responseData ?? 'firstEntryJson';
	if (text === 'noData') response.end();
	else if (text) response.send(text);
	else response.send(own === undefined ? { message: 'Workflow was started' } : own);
}

/** A logger that keeps each message with its level in front. */
export function recordingLogger(logged: string[]) {
	const record = (level: string) => (message: string) => void logged.push(`${level}: ${message}`);
	return {
		error: record('error'),
		warn: record('warn'),
		info: record('info'),
		debug: record('debug'),
	};
}
