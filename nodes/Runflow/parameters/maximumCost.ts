import { isProblem, ParameterProblem } from './check';
import { credits } from './kinds';
import { notEmptyIfComputed, parameter } from './parameter';
import type { Kind, Reader } from './parameter';
import type { Source } from './source';

/** Credits; undefined when there is no limit. */
const positive: Kind<number | undefined> = (value, asked) => {
	const read = credits(value, asked);
	if (isProblem(read) || read !== 0) return read;
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

const OF_ONE_ITEM = /\$json|\$input|\$itemIndex|\$data|\$binary|\.item\b/;

/**
 * It is one limit for all items: an expression that gives them different ones is refused.
 * @param sources of all items
 */
export function maximumCostForAll(sources: () => Source[]): Reader<number | undefined> {
	return {
		read: (source) => {
			const limit = maximumCost.read(source);
			const entered = source.entered('additionalFields.maximumCost');
			if (isProblem(limit) || !OF_ONE_ITEM.test(String(entered))) return limit;
			for (const each of sources()) {
				const other = maximumCost.read(each);
				if (isProblem(other)) return other;
				if (other !== limit) return differing(limit, other);
			}
			return limit;
		},
	};
}

function differing(limit: number | undefined, other: number | undefined): ParameterProblem {
	return new ParameterProblem(
		"'Maximum Cost' is not the same for all items",
		`It is ${limit} for the first and ${other} for another, but one limit holds for all items together. Enter one number, or run the node once for each limit with a Loop Over Items node`,
	);
}
