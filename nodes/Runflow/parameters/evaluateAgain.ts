import { choice } from './kinds';
import { notEmptyIfComputed, parameter, withDefault } from './parameter';

export const evaluateAgain = parameter(
	{
		displayName: 'Evaluate Again',
		name: 'evaluateAgain',
		type: 'options',
		options: [
			{
				name: 'Always',
				value: 'always',
				description: 'Every execution judges the image again, and bills it',
			},
			{
				name: 'Only When Something Changed',
				value: 'onChange',
				description:
					'The same image address or file with the same fields is billed once, as long as Runflow remembers it, even if there is a new image behind the address. Such images are polled, whatever Wait Mode is.',
			},
		],
		default: 'always',
		description: 'Whether a later execution evaluates the same image again',
	},
	notEmptyIfComputed(withDefault(choice('always', 'onChange'), 'always')),
	'additionalFields',
);
