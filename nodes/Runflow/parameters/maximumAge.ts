import { number } from './kinds';
import { parameter, withDefault } from './parameter';

/** Runflow delivers a callback again for some time, and a person may let it do so later. */
const DEFAULT_DAYS = 3;

/** How long ago an evaluation may have ended, in days; 0 for any time. */
export const maximumAgeDays = parameter(
	{
		displayName: 'Maximum Age (Days)',
		name: 'maximumAgeDays',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: DEFAULT_DAYS,
		description:
			'How long ago an evaluation may have ended to start the workflow, so that nobody can use a recorded callback again later; 0 means any time',
	},
	withDefault(number({ min: 0, max: 36_500 }), DEFAULT_DAYS),
	'options',
);
