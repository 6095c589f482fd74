import { flag } from './kinds';
import { parameter, withDefault } from './parameter';

export const deduplicate = parameter(
	{
		displayName: 'Deduplicate',
		name: 'deduplicate',
		type: 'boolean',
		default: true,
		description:
			'Whether an evaluation starts the workflow only once, even if Runflow sends the callback more than once',
	},
	withDefault(flag, true),
	'options',
);
