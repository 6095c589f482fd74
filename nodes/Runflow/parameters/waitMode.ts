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
					'Park the execution and go on when Runflow calls back. Holds no execution slot and survives a restart of n8n. Runflow must be able to reach your n8n.',
			},
			{
				name: 'Poll',
				value: 'poll',
				description:
					'Check Runflow until all verdicts are in. Works everywhere, but keeps the execution running.',
			},
		],
		default: 'poll',
		description: 'How to wait for the verdicts',
		displayOptions: { hide: { '@tool': [true] } },
	},
	withDefault(choice('callback', 'poll'), 'poll'),
);
