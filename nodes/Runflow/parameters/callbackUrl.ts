import { isProblem, ParameterProblem } from './check';
import { text } from './kinds';
import { entered, parameter } from './parameter';
import type { Kind } from './parameter';

/** A whole address, or '' for none. */
export function webAddress(advice: string): Kind<string> {
	return (value, asked) => {
		const read = text(value, asked);
		if (isProblem(read) || read === '' || /^https?:\/\/\S+$/.test(read)) return read;
		return new ParameterProblem(`'${asked.label}' is not a web address`, advice);
	};
}

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
	entered(webAddress('Copy the Production URL of a Runflow Trigger node; it starts with https://')),
	'additionalFields',
);
