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
			'The same key with the same image and fields creates and bills only one evaluation. Leave it empty: every item of an execution gets its own key, which stays the same when n8n tries again. Set it, for example to the month, to keep later executions from evaluating the same image again.',
	},
	notEmptyIfComputed(
		upTo(255, text, 'Use a shorter key, for example the row number and the name of the image'),
	),
	'additionalFields',
);
