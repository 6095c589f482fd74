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
					'Runflow calls n8n when it is done: holds no execution slot meanwhile, and survives a restart of n8n',
			},
			{
				name: 'Poll',
				value: 'poll',
				description:
					'Works everywhere: checks Runflow until all verdicts are in, and keeps the execution running meanwhile',
			},
		],
		default: 'poll',
		description: 'How to wait for the verdicts',
		displayOptions: { hide: { '@tool': [true] } },
	},
	withDefault(choice('callback', 'poll'), 'poll'),
	'options',
);

/** What is not to be found out after money was spent. */
export const callbackNotice: INodeProperties = {
	displayName:
		'Runflow must be able to reach this n8n over the internet, and when the timeout passes, every item comes out without a verdict. <a href="https://github.com/n8n-nodes-runflow/n8n-nodes-runflow/blob/main/docs/hosting.md#wait-mode-callback" target="_blank">Where not to use it</a>',
	name: 'callbackNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { '/options.waitMode': ['callback'] }, hide: { '@tool': [true] } },
};
