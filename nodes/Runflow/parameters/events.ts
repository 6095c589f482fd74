import { VERDICTS } from '../verdict/verdict';
import type { Verdict } from '../verdict/verdict';
import { isProblem } from './check';
import { someOf } from './kinds';
import { parameter, withDefault } from './parameter';
import type { Kind } from './parameter';

const ANY = 'any';
const ANY_VERDICT = 'any_verdict';

function verdicts(unknown: 'refused' | 'ignored'): Kind<Verdict[]> {
	const chosen = withDefault(someOf([ANY, ANY_VERDICT, ...VERDICTS], unknown), VERDICTS);
	return (value, asked) => {
		const read = chosen(named(value), asked);
		if (isProblem(read)) return read;
		return read.includes(ANY) || read.includes(ANY_VERDICT)
			? VERDICTS
			: VERDICTS.filter((verdict) => read.includes(verdict));
	};
}

/** As the panel calls them, too: Not Passed for not_passed. */
function named(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(named);
	return typeof value === 'string' ? value.trim().toLowerCase().replace(/ /g, '_') : value;
}

export const events = parameter(
	{
		displayName: 'Trigger On',
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
				name: 'No Verdict',
				value: 'no_verdict',
				action: 'On image without verdict',
				description: 'Runflow could not evaluate the image, or came to no decision',
			},
			{
				name: 'Not Passed',
				value: 'not_passed',
				action: 'On image not passed',
				description: 'The image should not be used',
			},
			{
				name: 'Passed',
				value: 'passed',
				action: 'On image passed',
				description: 'The image is good enough to be used',
			},
		],
		required: true,
		default: ['passed', 'not_passed', 'no_verdict'],
		description: 'The verdicts that start the workflow',
	},
	verdicts('ignored'),
);

/** For the moment in which somebody publishes the workflow: names that do not exist are refused. */
export const knownEvents = parameter(events.field, verdicts('refused'));
