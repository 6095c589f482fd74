import type { IExecuteFunctions } from 'n8n-workflow';

import type { Embed } from '../api/types';
import type { Shape } from '../verdict/shape';
import type { Criterion } from '../verdict/verdict';
import { checkNumber, collectionParameter, isProblem, ParameterProblem } from './check';
import type { Checked } from './check';

const EMBEDS: Embed[] = ['judges', 'action', 'gate_failures'];

/** The shape that Submit gives its item: there is no verdict to judge yet. */
export const PENDING_CRITERION: Criterion = { passCriterion: 'overall' };

/** Reads Simplify and the verdict options as they are for one item. */
export function readShape(context: IExecuteFunctions, itemIndex: number): Checked<Shape> {
	const options = collectionParameter(context, 'options', itemIndex);
	const criterion = readCriterion(options.passCriterion, options.minimumScore);
	if (isProblem(criterion)) return criterion;
	const simple = context.getNodeParameter('simple', itemIndex, true) !== false;
	return { simple, embed: readEmbed(options.embed), criterion };
}

/** Reads a pass criterion; `score` and `both` need a minimum score from 0 to 1. */
export function readCriterion(passCriterion: unknown, minimumScore: unknown): Checked<Criterion> {
	if (passCriterion === undefined || passCriterion === 'overall') {
		return { passCriterion: 'overall' };
	}
	if (passCriterion !== 'score' && passCriterion !== 'both') {
		return new ParameterProblem(
			"'Pass Criterion' must be overall, score or both",
			'Choose one of the three, or correct the expression',
		);
	}
	if (minimumScore === undefined) {
		return new ParameterProblem(
			"'Minimum Score' is missing",
			"The chosen 'Pass Criterion' needs it: add 'Minimum Score' under 'Options'",
		);
	}
	const minimum = checkNumber(minimumScore, 'Minimum Score', { min: 0, max: 1 });
	return isProblem(minimum) ? minimum : { passCriterion, minimumScore: minimum };
}

/** Reads the details to include; names that the API does not know are left out. */
export function readEmbed(embed: unknown): Embed[] {
	return Array.isArray(embed) ? EMBEDS.filter((name) => embed.includes(name)) : [];
}
