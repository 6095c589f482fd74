import './environment';

import { HookContext } from 'n8n-core';
import {
	deepCopy,
	type IDataObject,
	type INode,
	type INodeParameters,
	type IWebhookData,
	type IWorkflowExecuteAdditionalData,
	type WebhookSetupMethodNames,
	type Workflow,
	type WorkflowActivateMode,
} from 'n8n-workflow';

import { createAdditionalData, type EngineOptions } from './additionalData';
import { RUNFLOW_TRIGGER, RUNFLOW_VERSION } from './names';
import {
	findWebhook,
	invokeWebhook,
	recordingLogger,
	type WebhookOutcome,
} from './webhookInvocation';
import type { WebhookRequestOptions } from './webhookRequest';
import { createWorkflow, getNode } from './workflow';

export interface TriggerOptions extends EngineOptions {
	/** What differs from a new Runflow Trigger. */
	node?: Partial<INode>;
	parameters?: INodeParameters;
	/** The node's static data, as stored before. */
	staticData?: IDataObject;
	/** `webhook` (default) is the production URL, `manual` the test URL. */
	mode?: 'webhook' | 'manual';
}

export interface WebhookCall extends WebhookOutcome {
	/** The node's static data, as stored after the request. */
	staticData: IDataObject;
}

/** Sends one request to the webhook of a trigger node. */
export async function callWebhook(
	options: TriggerOptions & { request: WebhookRequestOptions },
): Promise<WebhookCall> {
	const trigger = prepareTrigger(options);
	const mode = options.mode ?? 'webhook';
	const call = await invokeWebhook({
		...trigger,
		mode,
		request: options.request,
		runExecutionData: null,
	});
	// n8n 2.41 loses the static data of a request it answers itself after the run was started, for
	// building the run's workflow resets the mark of change; that of a test URL is never stored, nor
	// that of a webhook() that throws.
	const answeredLate = call.items !== undefined && !call.result?.noWebhookResponse;
	const saved = mode === 'webhook' && !answeredLate;
	return { ...call, staticData: staticDataAfter(trigger, options, saved) };
}

/** Runs checkExists, create or delete of a trigger's webhook on a HookContext. */
export async function callWebhookMethod(
	method: WebhookSetupMethodNames,
	options: TriggerOptions & { activation?: WorkflowActivateMode } = {},
): Promise<{ result: boolean; staticData: IDataObject; logged: string[] }> {
	const trigger = prepareTrigger(options);
	const { workflow, node, additionalData, webhook } = trigger;
	const { webhookMethods } = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	const run = webhookMethods?.[webhook.webhookDescription.name]?.[method];
	if (!run) throw new Error(`"${node.type}" has no webhook method "${method}"`);
	const mode = options.mode === 'manual' ? 'manual' : 'trigger';
	const activation = options.activation ?? (mode === 'manual' ? 'manual' : 'activate');
	const context = new HookContext(workflow, node, additionalData, mode, activation, webhook);
	const logged: string[] = [];
	Object.defineProperty(context, 'logger', { value: recordingLogger(logged) });
	const result = await run.call(context);
	return { result, staticData: staticDataAfter(trigger, options, true), logged };
}

interface PreparedTrigger {
	workflow: Workflow;
	node: INode;
	additionalData: IWorkflowExecuteAdditionalData;
	webhook: IWebhookData;
}

function prepareTrigger(options: TriggerOptions): PreparedTrigger {
	const given: INode = {
		id: 'trigger-node-id',
		name: 'Runflow Trigger',
		type: RUNFLOW_TRIGGER,
		typeVersion: RUNFLOW_VERSION,
		position: [0, 0],
		webhookId: 'trigger-webhook-id',
		...options.node,
		parameters: options.parameters ?? options.node?.parameters ?? {},
	};
	const staticData = { [`node:${given.name}`]: options.staticData ?? {} };
	const workflow = createWorkflow(
		{ ...options, nodes: [given], connections: {}, staticData },
		true,
	);
	const node = getNode(workflow, given.name);
	const additionalData = createAdditionalData(options, options.mode ?? 'webhook');
	const webhook = findWebhook(
		workflow,
		node,
		additionalData,
		({ webhookDescription }) => !webhookDescription.restartWebhook,
	);
	if (!webhook) throw new Error(`"${node.type}" has no webhook`);
	return {
		workflow,
		node,
		additionalData,
		webhook: { ...webhook, isTest: options.mode === 'manual' },
	};
}

function staticDataAfter(
	{ workflow, node }: PreparedTrigger,
	{ staticData = {} }: TriggerOptions,
	saved: boolean,
): IDataObject {
	// n8n stores only what was assigned; a change inside an array goes unnoticed.
	const changed = saved && workflow.staticData.__dataChanged === true;
	return deepCopy(changed ? workflow.getStaticData('node', node) : staticData);
}
