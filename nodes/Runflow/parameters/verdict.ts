import type { INodeProperties } from 'n8n-workflow';

export const embedField: INodeProperties = {
	displayName: 'Include Details',
	name: 'embed',
	type: 'multiOptions',
	options: [
		{
			name: 'Gate Failures',
			value: 'gate_failures',
			description: 'Hard requirements that the image broke',
		},
		{ name: 'Judges', value: 'judges', description: 'What each judge found, and why' },
		{
			name: 'Recommended Action',
			value: 'action',
			description: 'What Runflow suggests to do with the image',
		},
	],
	default: [],
	description: 'Details to add to the evaluation',
};

export const includeInputField: INodeProperties = {
	displayName: 'Include Input Fields',
	name: 'includeInput',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description: "Whether to add the input item's fields to the result, under 'input'",
};

export const passFields: INodeProperties[] = [
	{
		displayName: 'Minimum Score',
		name: 'minimumScore',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
		default: 0.7,
		description:
			'The lowest weighted_pass_rate that passes, from 0 to 1. A score equal to it passes.',
		displayOptions: { show: { passCriterion: ['both', 'score'] } },
	},
	{
		displayName: 'Pass Criterion',
		name: 'passCriterion',
		type: 'options',
		options: [
			{
				name: 'Both',
				value: 'both',
				description: "Runflow's decision and the minimum score must both be met",
			},
			{
				name: 'Overall',
				value: 'overall',
				description: "Runflow's own decision (overall_passed)",
			},
			{ name: 'Score', value: 'score', description: 'Only the minimum score counts' },
		],
		default: 'overall',
		description: 'When the verdict of an evaluation is passed',
	},
];

export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simple',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export const splitField: INodeProperties = {
	displayName: 'Split by Verdict',
	name: 'splitByVerdict',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description:
		'Whether to give the node three outputs (No Verdict, Not Passed and Passed), so that only images that passed go on to be published',
	displayOptions: { hide: { '@tool': [true] } },
};

export const verdictOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [embedField, includeInputField, ...passFields],
};
