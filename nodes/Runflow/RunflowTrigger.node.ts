import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { checkTrigger } from './trigger/activate';
import { triggerProperties } from './trigger/fields';
import { receiveCallback } from './trigger/receive';

export class RunflowTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Runflow Trigger',
		name: 'runflowTrigger',
		icon: { light: 'file:runflow.svg', dark: 'file:runflow.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["events"].length === 3 ? "any verdict" : $parameter["events"].join(", ").replace(/_/g, " ") }}',
		description: 'Starts the workflow when Runflow reports a finished evaluation',
		eventTriggerDescription: 'Waiting for Runflow to call the Test URL',
		activationMessage:
			"Verdicts now start this workflow. Put its Production URL into the 'Callback URL' field of Runflow's Submit operation.",
		defaults: { name: 'Runflow Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'runflowApi', required: true }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'runflow' },
		],
		triggerPanel: {
			header: 'Receive verdicts from Runflow',
			executionsHelp: {
				inactive:
					"<b>While building</b>, click 'listen', then submit an evaluation with the <b>Test URL</b> as its 'Callback URL': when it is finished, its verdict arrives here, once.<br /><br /><b>When ready</b>, publish this workflow and use the <b>Production URL</b> as 'Callback URL'. Those executions show up in the executions list, not here.",
				active:
					"<b>While building</b>, click 'listen', then submit an evaluation with the <b>Test URL</b> as its 'Callback URL': when it is finished, its verdict arrives here, once.<br /><br /><b>This workflow is published</b>: every verdict that is sent to the <b>Production URL</b> starts it. Those executions show up in the executions list, not here.",
			},
			activationHint:
				"Publish the workflow, then put the Production URL into the 'Callback URL' field of Runflow's Submit operation.",
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
