import { isProblem, ParameterProblem } from './check';
import { text } from './kinds';
import { parameter } from './parameter';
import type { Kind } from './parameter';

const webAddress: Kind<string> = (value, asked) => {
	const read = text(value, asked);
	if (isProblem(read) || read === '' || /^https?:\/\/\S+$/.test(read)) return read;
	return new ParameterProblem(
		`'${asked.label}' is not a web address`,
		'Copy the Production URL of a Runflow Trigger node; it starts with https://',
	);
};

export const callbackUrl = parameter(
	{
		displayName: 'Callback URL',
		name: 'callbackUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://n8n.example.com/webhook/…',
		description:
			'Where Runflow reports the finished evaluation: the Production URL of a Runflow Trigger node. It must be reachable from the internet.',
		displayOptions: { show: { '/operation': ['submit'] } },
	},
	webAddress,
	'additionalFields',
);
