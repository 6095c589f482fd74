import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { builderHint } from './builderHint';
import { evaluationProperties, runOperation } from './operations';
import { getJobClassOptions } from './parameters/jobClass';
import { receiveResume, resumeWebhooks } from './operations/parking/resume';

/**
 * `No Verdict` comes first on purpose: when a parked execution runs out of time, n8n itself sends
 * the items to the first output, and an image that was not judged must not come out of `Passed`.
 */
const OUTPUTS = `={{
	$parameter["splitByVerdict"] && ["get", "getMany", "submitAndWait", "wait"].includes($parameter["operation"])
		? [
			{ "type": "${NodeConnectionTypes.Main}", "displayName": "No Verdict" },
			{ "type": "${NodeConnectionTypes.Main}", "displayName": "Not Passed" },
			{ "type": "${NodeConnectionTypes.Main}", "displayName": "Passed" }
		]
		: ["${NodeConnectionTypes.Main}"]
}}` as const;

export class Runflow implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Runflow',
		name: 'runflow',
		icon: { light: 'file:runflow.svg', dark: 'file:runflow.dark.svg' },
		group: ['transform'],
		/** Above 1, n8n evaluates no expression for a callback unless a parameter has one. */
		version: 1.1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Judge generated images: submit them, wait for the verdict, act on it',
		builderHint,
		defaults: { name: 'Runflow' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: OUTPUTS,
		credentials: [
			{
				name: 'runflowApi',
				required: true,
				displayOptions: { hide: { operation: ['createReport'] } },
			},
		],
		waitingNodeTooltip: "Waiting for Runflow's verdicts",
		webhooks: resumeWebhooks,
		properties: evaluationProperties,
	};

	methods = { loadOptions: { getJobClasses: getJobClassOptions } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperation(this);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveResume(this);
	}
}
