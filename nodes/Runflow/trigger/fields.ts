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
			'Copy the Production URL from <b>Webhook URLs</b> above and paste it into Submit in another workflow, under <b>About the Evaluation</b> > <b>Callback URL</b>. <a href="https://github.com/n8n-nodes-runflow/n8n-nodes-runflow/blob/main/docs/reference/runflow-trigger.md" target="_blank">How to try it</a>',
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
