import type { INodeProperties } from 'n8n-workflow';

import { choice } from './kinds';
import { parameter, withDefault } from './parameter';

export const waitMode = parameter(
	{
		displayName: 'Wait Mode',
		name: 'waitMode',
		type: 'options',
		options: [
			{
				name: 'Callback',
				value: 'callback',
				description:
					'Runflow must be able to reach your n8n over the internet. Holds no execution slot while it waits, and survives a restart of n8n.',
			},
			{
				name: 'Poll',
				value: 'poll',
				description:
					'Works everywhere. Checks Runflow until all verdicts are in, and keeps the execution running meanwhile.',
			},
		],
		default: 'poll',
		description: 'How to wait for the verdicts',
		displayOptions: { hide: { '@tool': [true] } },
	},
	withDefault(choice('callback', 'poll'), 'poll'),
	'options',
);

/** What is not to be found out after money was spent; all of it but the first is n8n's own doing. */
export const callbackNotice: INodeProperties = {
	displayName:
		"Runflow must be able to reach this n8n over the internet; otherwise the node stops before it spends anything. When the timeout passes, all items come out of the first output with the verdict no_verdict: Get reads their results. Do not use this mode behind a Webhook or Chat Trigger that responds 'When Last Node Finishes', in a sub-workflow that runs once for each item, or in one that is a tool of an AI Agent up to version 2.",
	name: 'callbackNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { '/options.waitMode': ['callback'] }, hide: { '@tool': [true] } },
};
