import type { INodeProperties } from 'n8n-workflow';

import { embedField, passFields, simplifyField } from '../parameters/verdict';

/** Everything a builder can set on Runflow Trigger, in the order of the panel. */
export const triggerProperties: INodeProperties[] = [
	{
		displayName:
			"Put the <b>Production URL</b> from above into the 'Callback URL' field of Runflow's Submit operation, and publish this workflow. The <b>Test URL</b> works once, while this panel listens. Runflow calls the URL over the internet: it cannot reach one with localhost or an address of a private network.",
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
				name: 'Signature',
				value: 'signature',
				description:
					"Accept only callbacks signed with your callback secret. Needs 'Callback Secret' in the credential.",
			},
			{
				name: 'Lookup',
				value: 'lookup',
				description:
					'Accept every callback that names a finished evaluation of yours. Needs no secret.',
			},
		],
		default: 'signature',
		description:
			'How to tell that a callback is genuine. With both, the verdict itself is read from Runflow and never taken from the callback.',
	},
	{
		displayName:
			'Needs <b>Callback Secret</b> in your Runflow API credential. Runflow shows that secret once, when it is created: see <a href="https://docs.runflow.io/guides/verify-callback-signatures" target="_blank">how to get one</a>. Without one, choose Lookup.',
		name: 'secretNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { verification: ['signature'] } },
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: [
			{
				name: 'Passed',
				value: 'passed',
				description: 'The image is good enough to be used',
			},
			{ name: 'Not Passed', value: 'not_passed', description: 'The image should not be used' },
			{
				name: 'No Verdict',
				value: 'no_verdict',
				description: 'The evaluation failed, or ended without a decision',
			},
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
