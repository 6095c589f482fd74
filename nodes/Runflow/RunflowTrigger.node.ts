import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { triggerProperties } from './callback/fields';
import { receiveCallback } from './callback/receive';
import { readTriggerSettings } from './callback/settings';

export class RunflowTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Runflow Trigger',
		name: 'runflowTrigger',
		icon: { light: 'file:runflow.svg', dark: 'file:runflow.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["events"].length === 3 ? "Any verdict" : $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when Runflow reports a finished evaluation',
		eventTriggerDescription: 'Waiting for a callback of Runflow',
		activationMessage:
			'Runflow callbacks to the Production URL now start this workflow. Use that URL as Callback URL in Submit.',
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
					"<b>While building</b>, click 'listen', then submit an evaluation whose 'Callback URL' is the <b>Test URL</b>: its verdict arrives here, once.<br /><br /><b>When ready</b>, publish the workflow and use the <b>Production URL</b> as 'Callback URL'. Executions then show up in the executions list, not here.",
				active:
					"<b>While building</b>, click 'listen', then submit an evaluation whose 'Callback URL' is the <b>Test URL</b>.<br /><br /><b>This workflow is published</b>: every verdict sent to the <b>Production URL</b> starts it. Those executions show up in the executions list, not here.",
			},
			activationHint:
				"Publish the workflow, then put the Production URL into 'Callback URL' of Runflow's Submit operation.",
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
				readTriggerSettings(this);
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
