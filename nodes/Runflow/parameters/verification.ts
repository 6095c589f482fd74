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
					"Accept only callbacks signed with your callback secret. Needs 'Callback Secret' in the credential.",
			},
			{
				name: 'Lookup',
				value: 'lookup',
				description:
					"Accept any callback that refers to a finished evaluation of yours whose 'Callback URL' is this trigger. Needs no secret, but anybody can make the node ask Runflow, up to 10 times a second.",
			},
		],
		default: 'signature',
		description:
			'How to verify that a callback comes from Runflow. Either way, the node reads the verdict from Runflow, never from the callback.',
	},
	withDefault(choice('signature', 'lookup'), 'signature'),
);
