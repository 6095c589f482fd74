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
);
