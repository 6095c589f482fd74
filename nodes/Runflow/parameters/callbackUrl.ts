import { upTo, webAddress } from './kinds';
import { notEmptyIfComputed, parameter } from './parameter';

export const callbackUrl = parameter(
	{
		displayName: 'Callback URL',
		name: 'callbackUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://n8n.example.com/webhook/…',
		description:
			'Where Runflow reports the finished evaluation: the Production URL of a Runflow Trigger node, reachable from the internet',
		displayOptions: { show: { '/operation': ['submit'] } },
	},
	notEmptyIfComputed(
		upTo(
			2_048,
			webAddress('Copy the Production URL of a Runflow Trigger node; it starts with https://'),
			'Copy the Production URL of a Runflow Trigger node',
		),
	),
	'additionalFields',
);
