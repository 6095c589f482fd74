import { VERDICTS } from '../verdict/verdict';
import type { Verdict } from '../verdict/verdict';
import { isProblem } from './check';
import { someOf } from './kinds';
import { parameter, withDefault } from './parameter';
import type { Kind } from './parameter';

const ANY = 'any';

const chosen = withDefault(someOf([ANY, ...VERDICTS], 'ignored'), VERDICTS);

const verdicts: Kind<Verdict[]> = (value, asked) => {
	const read = chosen(value, asked);
	if (isProblem(read)) return read;
	return read.includes(ANY) ? VERDICTS : VERDICTS.filter((verdict) => read.includes(verdict));
};

export const events = parameter(
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: [
			{
				name: 'Any Verdict',
				value: 'any',
				action: 'On any verdict',
				description: 'Every evaluation that is finished, whatever came of it',
			},
			{
				name: 'Passed',
				value: 'passed',
				action: 'On image passed',
				description: 'The image is good enough to be used',
			},
			{
				name: 'Not Passed',
				value: 'not_passed',
				action: 'On image not passed',
				description: 'The image should not be used',
			},
			{
				name: 'No Verdict',
				value: 'no_verdict',
				action: 'On image without verdict',
				description: 'The evaluation failed, or ended without a decision',
			},
		],
		required: true,
		default: ['passed', 'not_passed', 'no_verdict'],
		description: 'The verdicts that start the workflow',
	},
	verdicts,
);
