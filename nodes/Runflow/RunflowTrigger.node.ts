import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { triggerBuilderHint } from './builderHint';
import { checkTrigger } from './trigger/activate';
import { WEBHOOK_PATH } from './trigger/callbackUrl';
import { triggerProperties } from './trigger/fields';
import { receiveCallback } from './trigger/receive';

const WHILE_BUILDING =
	'<b>While building</b>, click <b>Execute step</b>, then submit an image from another workflow with the <b>Test URL</b> as its Callback URL.<br /><br />';

export class RunflowTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Runflow Trigger',
		name: 'runflowTrigger',
		icon: { light: 'file:runflow.svg', dark: 'file:runflow.dark.svg' },
		group: ['trigger'],
		/** Above 1, n8n evaluates no expression for a callback unless a parameter has one. */
		version: 1.1,
		subtitle:
			'={{ $parameter["events"].length === 3 || $parameter["events"].includes("any") ? "any verdict" : $parameter["events"].join(", ").replace(/_/g, " ") }}',
		description: 'Judge generated images, or start a workflow when a verdict arrives',
		builderHint: triggerBuilderHint,
		eventTriggerDescription: 'Waiting for Runflow to call the Test URL',
		activationMessage:
			"Verdicts now start this workflow: its Production URL is the Callback URL of Runflow's Submit operation.",
		defaults: { name: 'Runflow Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'runflowApi', required: true }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: WEBHOOK_PATH },
		],
		triggerPanel: {
			header: 'Receive verdicts from Runflow',
			executionsHelp: {
				inactive: `${WHILE_BUILDING} <b>When ready</b>, publish this workflow and use the <b>Production URL</b> instead: those executions are in the executions list, not here.`,
				active: `${WHILE_BUILDING} <b>This workflow is published</b>: every verdict sent to the <b>Production URL</b> starts it, and is in the executions list, not here.`,
			},
		},
		properties: triggerProperties,
	};

	/** Runflow takes a callback URL with each evaluation; there is no subscription to create or delete. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await checkTrigger(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveCallback(this);
	}
}
