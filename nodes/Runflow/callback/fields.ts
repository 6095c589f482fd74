import type { INodeProperties } from 'n8n-workflow';

import { embedField, passFields, simplifyField } from '../evaluation/verdictFields';

/** Everything a builder can set on Runflow Trigger, in the order of the panel. */
export const triggerProperties: INodeProperties[] = [
	{
		displayName:
			"Put the <b>Production URL</b> from above into 'Callback URL' of Runflow's Submit operation, and publish this workflow. The Test URL works only while this panel listens. Runflow must be able to reach the address: one that starts with http://localhost or belongs to a private network is not reachable.",
		name: 'urlNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Verification',
		name: 'verification',
		type: 'options',
		options: [
			{
				name: 'Lookup',
				value: 'lookup',
				description:
					'Accept any callback that names one of your finished evaluations; everything else in it is ignored. Needs no secret.',
			},
			{
				name: 'Signature',
				value: 'signature',
				description:
					"Accept only callbacks signed with the credential's callback secret. Without a secret, all are refused.",
			},
		],
		default: 'signature',
		description: 'How to make sure that a callback comes from Runflow',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: [
			{
				name: 'No Verdict',
				value: 'no_verdict',
				description: 'The evaluation failed or ended without a decision',
			},
			{ name: 'Not Passed', value: 'not_passed', description: 'The image should not be used' },
			{ name: 'Passed', value: 'passed', description: 'The image is good enough' },
		],
		required: true,
		default: ['passed', 'not_passed', 'no_verdict'],
		description: 'The verdicts that start the workflow',
	},
	simplifyField,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Deduplicate',
				name: 'deduplicate',
				type: 'boolean',
				default: true,
				description:
					'Whether an evaluation starts the workflow only once, however often Runflow delivers its callback',
			},
			embedField,
			...passFields,
		],
	},
];
