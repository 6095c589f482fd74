import type { INodeProperties } from 'n8n-workflow';

import type { Embed } from '../api/types';
import type { Shape } from '../verdict/shape';
import type { Criterion } from '../verdict/verdict';
import { isProblem, ParameterProblem } from './check';
import type { Checked } from './check';
import { choice, flag, number, someOf } from './kinds';
import { notEmptyIfComputed, parameter, readAll, withDefault } from './parameter';
import type { Reader } from './parameter';
import type { Source } from './source';

export const EMBEDS: Embed[] = ['judges', 'action', 'gate_failures'];

/** How an evaluation looks where nothing else was asked for. */
export const PLAIN_SHAPE: Shape = {
	simple: true,
	embed: [],
	criterion: { passCriterion: 'overall' },
};

const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simple',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export const simplify = parameter(simplifyField, withDefault(flag, true), 'options');

/** The trigger's, which has its place in the panel. */
export const simplifyOfTrigger = parameter(simplifyField, withDefault(flag, true));

export const includeInput = parameter(
	{
		displayName: 'Include Input Fields',
		name: 'includeInput',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description: "Whether to add the input item's fields to the result, under 'input'",
	},
	withDefault(flag, false),
	'options',
);

export const forTables = parameter(
	{
		displayName: 'For Tables',
		name: 'forTables',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description:
			'Whether to return simplified items without lists and empty values, which every table takes',
	},
	withDefault(flag, false),
	'options',
);

export const splitByVerdict = parameter(
	{
		displayName: 'Split by Verdict',
		name: 'splitByVerdict',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description:
			'Whether to give the node three outputs (No Verdict, Not Passed, Passed), of which only Passed is safe to publish from. At the end of a sub-workflow, join them with Merge first: n8n hands the parent workflow the first output only.',
		displayOptions: { hide: { '@tool': [true] } },
	},
	withDefault(flag, false),
);

export const embed = parameter(
	{
		displayName: 'Include Details',
		name: 'embed',
		type: 'multiOptions',
		options: [
			{
				name: 'Gate Failures',
				value: 'gate_failures',
				description: 'Hard requirements that the image does not meet',
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
	},
	withDefault(someOf(EMBEDS), []),
	'options',
);

/** For a callback, which no builder watches: names that the API does not know are left out. */
const knownEmbed = parameter(embed.field, withDefault(someOf(EMBEDS, 'ignored'), []), 'options');

const minimumScore = parameter(
	{
		displayName: 'Minimum Score',
		name: 'minimumScore',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
		default: 0.7,
		description:
			"The lowest score (weighted_pass_rate) that passes, from 0 to 1; without Pass Criterion, Runflow's own decision must be met too",
		displayOptions: { hide: { passCriterion: ['overall'] } },
	},
	notEmptyIfComputed(number({ min: 0, max: 1 })),
	'options',
);

const passCriterion = parameter(
	{
		displayName: 'Pass Criterion',
		name: 'passCriterion',
		type: 'options',
		options: [
			{
				name: 'Both Must Agree',
				value: 'both',
				description: "Runflow's decision and the minimum score must both be met",
			},
			{
				name: 'Runflow Decides',
				value: 'overall',
				description: "Only Runflow's own decision (overall_passed) counts",
			},
			{ name: 'Score Decides', value: 'score', description: 'Only the minimum score counts' },
		],
		default: 'overall',
		description: 'What decides whether an image passes',
	},
	notEmptyIfComputed(choice('overall', 'score', 'both')),
	'options',
);

export const passFields = [minimumScore.field, passCriterion.field];

/** What a result says and whether it passes. */
export const verdictFields = [
	embed.field,
	forTables.field,
	includeInput.field,
	...passFields,
	simplify.field,
];

/** How the items leave the node: the same for all of them. */
export interface Layout {
	split: boolean;
	includeInput: boolean;
}

export const layout: Reader<Layout> = {
	read: (source) => readAll<Layout>(source, { split: splitByVerdict, includeInput }),
};

/** Simplify and the verdict options. */
export const shape = shapeReader({ simple: simplify, embed });

/** The trigger's: its Simplify has another place, and what it does not know is left out. */
export const shapeOfTrigger = shapeReader({ simple: simplifyOfTrigger, embed: knownEmbed });

function shapeReader(readers: { simple: Reader<boolean>; embed: Reader<Embed[]> }): Reader<Shape> {
	const criterion = { read: readCriterion };
	return { read: (source) => readAll<Shape>(source, { criterion, forTables, ...readers }) };
}

/** `score` and `both` need a minimum score; a minimum score alone means `both`. */
function readCriterion(source: Source): Checked<Criterion> {
	const chosen = passCriterion.read(source);
	if (isProblem(chosen)) return chosen;
	if (chosen === 'overall') return { passCriterion: chosen };
	const minimum = minimumScore.read(source);
	if (isProblem(minimum)) return minimum;
	if (minimum !== undefined) return { passCriterion: chosen ?? 'both', minimumScore: minimum };
	if (chosen === undefined) return { passCriterion: 'overall' };
	return new ParameterProblem(
		"'Minimum Score' is missing",
		"The chosen 'Pass Criterion' needs it: add 'Minimum Score' beside it",
	);
}
