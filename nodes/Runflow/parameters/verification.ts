import { choice } from './kinds';
import { parameter, withDefault } from './parameter';

export const verification = parameter(
	{
		displayName: 'Verification',
		name: 'verification',
		type: 'options',
		options: [
			{
				name: 'Signature',
				value: 'signature',
				description:
					'Accept only callbacks that are signed with the Callback Secret of the credential',
			},
			{
				name: 'Lookup',
				value: 'lookup',
				description:
					'Accept any callback about a finished evaluation of yours whose Callback URL is this trigger, without a secret: anybody can make the node ask Runflow, up to 10 times a second',
			},
		],
		default: 'signature',
		description:
			'How to verify that a callback comes from Runflow; the verdict itself is always read from Runflow',
	},
	withDefault(choice('signature', 'lookup'), 'signature'),
);
