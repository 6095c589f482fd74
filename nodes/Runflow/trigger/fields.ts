import type { INodeProperties } from 'n8n-workflow';

import { deduplicate } from '../parameters/deduplicate';
import { events } from '../parameters/events';
import { maximumAgeDays } from '../parameters/maximumAge';
import { relayUrl } from '../parameters/relayUrl';
import { embed, passFields, simplify } from '../parameters/verdict';
import { verification } from '../parameters/verification';

/** Everything a builder can set on Runflow Trigger, in the order of the panel. */
export const triggerProperties: INodeProperties[] = [
	{
		displayName:
			"Put the <b>Production URL</b> from above into the 'Callback URL' field of Runflow's Submit operation, and publish this workflow. The <b>Test URL</b> works once, while this panel listens. Runflow calls the URL over the internet: it cannot reach one with localhost or an address of a private network.",
		name: 'urlNotice',
		type: 'notice',
		default: '',
	},
	verification.field,
	{
		displayName:
			'Needs <b>Callback Secret</b> in your Runflow API credential. Runflow shows that secret once, when it is created: see <a href="https://docs.runflow.io/guides/verify-callback-signatures" target="_blank">how to get one</a>. Without one, choose Lookup.',
		name: 'secretNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { verification: ['signature'] } },
	},
	events.field,
	simplify.field,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [deduplicate.field, embed.field, maximumAgeDays.field, ...passFields, relayUrl.field],
	},
];
