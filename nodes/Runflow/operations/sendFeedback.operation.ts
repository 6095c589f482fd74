import type { INodeProperties } from 'n8n-workflow';

import { connect } from '../connect';
import { checkItems, inInputOrder } from '../items/items';
import type { Operation } from './operation';
import { checkEvaluationId, isProblem, ParameterProblem, textParameter } from '../parameters/check';
import type { Checked } from '../parameters/check';
import { forEachItem } from '../items/runEach';
import { evaluationItem } from '../items/results';

const MAX_REASON_LENGTH = 2_000;

const fields: INodeProperties[] = [
	{
		displayName: 'Feedback',
		name: 'feedback',
		type: 'options',
		options: [
			{ name: 'Clear', value: 'clear', description: 'Take back feedback that was given before' },
			{ name: 'Negative', value: 'negative', description: 'The verdict was wrong' },
			{ name: 'Positive', value: 'positive', description: 'The verdict was right' },
		],
		default: 'positive',
		description: 'What you think of the verdict; Runflow learns from it',
	},
	{
		displayName: 'Reason',
		name: 'reason',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. The logo is fine, it is only seen from the side',
		description: 'Why, in up to 2,000 characters',
		displayOptions: { show: { feedback: ['negative', 'positive'] } },
	},
];

interface Feedback {
	is_positive: boolean | null;
	reason?: string;
}

export const sendFeedback: Operation = {
	option: {
		name: 'Send Feedback',
		value: 'sendFeedback',
		action: 'Send feedback on verdict',
		description: 'Tell Runflow whether a verdict was right',
	},
	fields,
	async execute(context) {
		const checked = await checkItems(context, (itemIndex) => {
			const id = checkEvaluationId(context.getNodeParameter('evaluationId', itemIndex, ''));
			if (isProblem(id)) return id;
			const feedback = readFeedback(
				textParameter(context, 'feedback', itemIndex),
				textParameter(context, 'reason', itemIndex),
			);
			return isProblem(feedback) ? feedback : { id, feedback };
		});
		const shape = { simple: true, embed: [], criterion: { passCriterion: 'overall' as const } };
		const client = await connect(context, context.getExecutionCancelSignal?.());
		const { items, problems } = await forEachItem(context, checked, {
			request: async ({ id, feedback }) => await client.sendFeedback(id, feedback),
			toItems: (evaluation, itemIndex) => [evaluationItem(evaluation, itemIndex, shape)],
		});
		return [inInputOrder(items, problems)];
	},
};

function readFeedback(feedback: string, reason: string): Checked<Feedback> {
	if (feedback === 'clear') return { is_positive: null };
	if (feedback !== 'positive' && feedback !== 'negative') {
		return new ParameterProblem(
			"'Feedback' must be positive, negative or clear",
			'Choose one of the three, or correct the expression',
		);
	}
	if (reason.length > MAX_REASON_LENGTH) {
		return new ParameterProblem("'Reason' is longer than 2,000 characters", 'Shorten the reason');
	}
	const is_positive = feedback === 'positive';
	return reason === '' ? { is_positive } : { is_positive, reason };
}
