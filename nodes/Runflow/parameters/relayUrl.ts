import { webAddress } from './kinds';
import { notEmptyIfComputed, parameter } from './parameter';

/** The callback URL of a relay that forwards to the trigger; empty for none. */
export const relayUrl = parameter(
	{
		displayName: 'Relay URL',
		name: 'relayUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://relay.example.com/abc',
		description:
			'The Callback URL that your evaluations are submitted with, if a relay with an address of its own forwards to this trigger',
	},
	notEmptyIfComputed(webAddress('Enter the whole address of the relay; it starts with https://')),
	'options',
);
