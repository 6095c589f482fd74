import { VERDICTS } from '../verdict/verdict';
import { someOf } from './kinds';
import { parameter, withDefault } from './parameter';

export const events = parameter(
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: [
			{
				name: 'Passed',
				value: 'passed',
				description: 'The image is good enough to be used',
			},
			{ name: 'Not Passed', value: 'not_passed', description: 'The image should not be used' },
			{
				name: 'No Verdict',
				value: 'no_verdict',
				description: 'The evaluation failed, or ended without a decision',
			},
		],
		required: true,
		default: ['passed', 'not_passed', 'no_verdict'],
		description: 'The verdicts that start the workflow',
	},
	withDefault(someOf(VERDICTS, 'ignored'), VERDICTS),
);
