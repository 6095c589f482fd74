import type { INodeProperties } from 'n8n-workflow';

/** How long to wait, and what happens when that is not long enough. */
export const waitFields: INodeProperties[] = [
	{
		displayName: 'Timeout (Seconds)',
		name: 'timeoutSeconds',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 600,
		description:
			'How long to wait for each evaluation. Most take tens of seconds, some take minutes.',
	},
	{
		displayName: 'On Timeout',
		name: 'onTimeout',
		type: 'options',
		options: [
			{
				name: 'Continue',
				value: 'continue',
				description: 'Pass on the unfinished evaluation with the verdict no_verdict',
			},
			{
				name: 'Stop With an Error',
				value: 'error',
				description: 'The error names the IDs, so that you can get the results later',
			},
		],
		default: 'error',
		description:
			'What to do with an evaluation that is not finished in time. It goes on at Runflow.',
	},
];
