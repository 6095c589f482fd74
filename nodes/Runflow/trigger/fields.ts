import type { INodeProperties } from 'n8n-workflow';

import { deduplicate } from '../parameters/deduplicate';
import { events } from '../parameters/events';
import { maximumAgeDays } from '../parameters/maximumAge';
import { relayUrl } from '../parameters/relayUrl';
import { embed, forTables, passFields, simplifyOfTrigger } from '../parameters/verdict';
import { verification } from '../parameters/verification';

/** Everything a builder can set on Runflow Trigger, in the order of the panel. */
export const triggerProperties: INodeProperties[] = [
	{
		displayName:
			'Open <b>Webhook URLs</b> above, copy the URL, and paste it where you submit images: Runflow > <b>Submit</b> > <b>About the Evaluation</b> > <b>Callback URL</b>. To try it, click <b>Execute step</b> and use the Test URL; to go live, publish this workflow and use the Production URL. Runflow must be able to reach it over the internet. <b>Signature</b> needs the Callback Secret in your credential (<a href="https://docs.runflow.io/guides/verify-callback-signatures" target="_blank">where to get it</a>).',
		name: 'urlNotice',
		type: 'notice',
		default: '',
	},
	events.field,
	verification.field,
	simplifyOfTrigger.field,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			deduplicate.field,
			forTables.field,
			embed.field,
			maximumAgeDays.field,
			...passFields,
			relayUrl.field,
		],
	},
];
