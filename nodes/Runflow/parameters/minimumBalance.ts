import type { INodeProperties } from 'n8n-workflow';

import { credits } from './kinds';
import { notEmptyIfComputed, parameter } from './parameter';

/** Credits; undefined when there is no minimum. */
export const minimumBalance = parameter(
	{
		displayName: 'Minimum Balance',
		name: 'minimumBalance',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 2 },
		default: 10,
		placeholder: 'e.g. 25',
		description:
			"Credits below which the balance counts as low, beside the account's own threshold",
	},
	notEmptyIfComputed(credits),
	'options',
);

export const balanceOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [minimumBalance.field],
};
