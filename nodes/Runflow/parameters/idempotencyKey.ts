import { text, upTo } from './kinds';
import { notEmptyIfComputed, parameter } from './parameter';

/** The builder's own key, as it was entered; '' when there is none. */
export const idempotencyKey = parameter(
	{
		displayName: 'Idempotency Key',
		name: 'idempotencyKey',
		type: 'string',
		default: '',
		description:
			'A key of your own, for example the month, under which the same image with the same fields is billed only once; empty, every execution bills it anew. Such images are polled, whatever Wait Mode is, since the same key needs the same request.',
	},
	notEmptyIfComputed(
		upTo(255, text, 'Use a shorter key, for example the row number and the name of the image'),
	),
	'additionalFields',
);
