import type { INodeProperties } from 'n8n-workflow';

import { choice, number } from './kinds';
import { parameter, readAll, withDefault } from './parameter';
import type { Reader } from './parameter';

const DEFAULT_SECONDS = 600;
const LONGEST_SECONDS = 7 * 24 * 60 * 60;

/** How long to wait, and what an evaluation that is not finished by then is: an error or an item. */
export interface TimeoutRule {
	onTimeout: 'error' | 'continue';
	timeoutSeconds: number;
	/** Its field as the builder sees it; 'Timeout (Seconds)' unless it is another. */
	field?: string;
}

const seconds = withDefault(number({ min: 1, max: LONGEST_SECONDS }), DEFAULT_SECONDS);

export const timeoutSeconds = parameter(
	{
		displayName: 'Timeout (Seconds)',
		name: 'timeoutSeconds',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: LONGEST_SECONDS },
		default: DEFAULT_SECONDS,
		description:
			'How long to wait for each evaluation: most take tens of seconds, some take minutes',
	},
	seconds,
	'options',
);

export const onTimeout = parameter(
	{
		displayName: 'On Timeout',
		name: 'onTimeout',
		type: 'options',
		options: [
			{
				name: 'Continue',
				value: 'continue',
				description: 'Pass on the unfinished evaluation with the verdict no_verdict',
			},
			{
				name: 'Stop Workflow',
				value: 'error',
				description: 'The message lists the IDs, with which Get reads the results later',
			},
		],
		default: 'error',
		description:
			'What to do when an evaluation is not finished in time, which goes on at Runflow all the same',
	},
	withDefault(choice('error', 'continue'), 'error'),
	'options',
);

/** Beside Wait Mode: n8n itself ends a parked wait, where no code of the node could throw. */
export const onTimeoutByMode: INodeProperties = {
	...onTimeout.field,
	displayOptions: { hide: { waitMode: ['callback'] } },
};

/** Submit waits for nothing but room in the account. */
export const submitTimeout = parameter(
	{
		...timeoutSeconds.field,
		displayName: 'Keep Trying For (Seconds)',
		description:
			'How long to keep trying when your account has too many evaluations in progress, or Runflow cannot be reached',
	},
	seconds,
	'options',
);

/** Read once for all items. */
export const timeoutRule: Reader<TimeoutRule> = {
	read: (source) => readAll<TimeoutRule>(source, { timeoutSeconds, onTimeout }),
};
