import { isProblem, ParameterProblem } from './check';
import { number } from './kinds';
import { notEmptyIfComputed, parameter } from './parameter';
import type { Kind } from './parameter';

const MOST_CREDITS = 1_000_000;

/** Credits; undefined when there is no limit. */
const positive: Kind<number | undefined> = (value, asked) => {
	const credits = number({ min: 0, max: MOST_CREDITS })(value, asked);
	if (isProblem(credits) || credits !== 0) return credits;
	return new ParameterProblem(
		`'${asked.label}' must be greater than 0`,
		'Enter the most credits that this node may cost in one execution, or remove the field',
	);
};

export const maximumCost = parameter(
	{
		displayName: 'Maximum Cost',
		name: 'maximumCost',
		type: 'number',
		typeOptions: { minValue: 0.01, numberPrecision: 6 },
		default: 10,
		placeholder: 'e.g. 25',
		description:
			'The most credits that this node may cost in one execution, all rounds of a loop together',
	},
	notEmptyIfComputed(positive),
	'additionalFields',
);
