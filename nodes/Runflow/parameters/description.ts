import type { INodeProperties } from 'n8n-workflow';

/** What may be said about an evaluation beyond the image and the task type. */
export const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		{
			displayName: 'Callback URL',
			name: 'callbackUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://n8n.example.com/webhook/…',
			description:
				'Where Runflow reports the finished evaluation: the Production URL of a Runflow Trigger node. It must be reachable from the internet.',
			displayOptions: { show: { '/operation': ['submit'] } },
		},
		{
			displayName: 'Client Ref',
			name: 'clientRef',
			type: 'string',
			default: '',
			placeholder: 'e.g. row-4711',
			description:
				'Your own reference, such as a row number. Every result carries it, so that you find the row again.',
		},
		{
			displayName: 'Evaluation Instructions',
			name: 'evaluationInstructions',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			placeholder: 'e.g. The logo must be undistorted',
			description: 'What the judges should look at in particular',
		},
		{
			displayName: 'Generation Prompt',
			name: 'generationPrompt',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			placeholder: 'e.g. White sneaker, soft studio light',
			description:
				'The prompt the image was generated from; it helps to judge whether it was followed',
		},
		{
			displayName: 'Idempotency Key',
			name: 'idempotencyKey',
			type: 'string',
			default: '',
			description:
				'Requests with the same key create and bill only one evaluation. Leave it empty: every item of an execution gets its own key, which stays the same when n8n tries again. Set it to keep later executions from evaluating the same image anew.',
		},
		{
			displayName: 'Input Attributes',
			name: 'inputAttributes',
			type: 'json',
			default: '{}',
			placeholder: 'e.g. { "aspect_ratio": "9:16" }',
			description: 'Properties that the image should have, as a JSON object',
		},
		{
			displayName: 'Job Class Name or ID',
			name: 'jobClass',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getJobClasses' },
			default: '',
			description:
				'How thoroughly the image is judged, with the price of one evaluation. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		{
			displayName: 'Run ID',
			name: 'runId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b',
			description: 'The Runflow run that produced the image, if one did',
		},
		{
			displayName: 'Task Description',
			name: 'taskDescription',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			placeholder: 'e.g. Catalogue shot of a white sneaker on grey',
			description: 'What the image is meant to show, in a sentence',
		},
	],
};
