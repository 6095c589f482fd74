import type { Feedback } from '../api/types';
import { isProblem, ParameterProblem } from './check';
import type { Checked } from './check';
import { choice, longText, upTo } from './kinds';
import { parameter } from './parameter';
import type { Reader } from './parameter';
import type { Source } from './source';

const opinion = parameter(
	{
		displayName: 'Feedback',
		name: 'feedback',
		type: 'options',
		options: [
			{ name: 'Clear', value: 'clear', description: 'Remove earlier feedback' },
			{ name: 'Negative', value: 'negative', description: 'Thumbs down' },
			{ name: 'Positive', value: 'positive', description: 'Thumbs up' },
		],
		default: 'positive',
		description:
			'Whether you agree with the verdict or like the image: Runflow does not say which of the two it means, and its own tool sends Positive for images that a person picked',
	},
	choice('positive', 'negative', 'clear'),
);

const reason = parameter(
	{
		displayName: 'Reason',
		name: 'reason',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. The logo is bent, and the judges did not see it',
		description: 'Why, in up to 2,000 characters',
		displayOptions: { show: { feedback: ['negative', 'positive'] } },
	},
	upTo(2_000, longText, 'Shorten the reason'),
);

export const feedbackFields = [opinion.field, reason.field];

export const feedback: Reader<Feedback> = { read: readFeedback };

function readFeedback(source: Source): Checked<Feedback> {
	const chosen = opinion.read(source);
	if (isProblem(chosen)) return chosen;
	if (chosen === undefined) {
		return new ParameterProblem(
			"'Feedback' is empty",
			'Choose Positive, Negative, or Clear',
			'feedback',
		);
	}
	if (chosen === 'clear') return { is_positive: null };
	const why = reason.read(source);
	if (isProblem(why)) return why;
	const is_positive = chosen === 'positive';
	return why === '' ? { is_positive } : { is_positive, reason: why };
}
