import type { Feedback } from '../api/types';
import { connectOne } from '../items/account';
import { checkItems, inInputOrder, refuseAll } from '../items/items';
import { evaluationItem } from '../items/results';
import { forEachItem } from '../items/runEach';
import { isProblem } from '../parameters/check';
import { evaluationId } from '../parameters/evaluationId';
import { feedback, feedbackFields } from '../parameters/feedback';
import { readAll } from '../parameters/parameter';
import { PLAIN_SHAPE } from '../parameters/verdict';
import type { Operation } from './operation';

export const sendFeedback: Operation = {
	option: {
		name: 'Send Feedback',
		value: 'sendFeedback',
		action: 'Send feedback on evaluation',
		description: 'Tell Runflow what you think of an evaluation, or take it back',
	},
	fields: feedbackFields,
	async execute(desk) {
		const checked = await checkItems(desk, (source) =>
			readAll<{ id: string; feedback: Feedback }>(source, { id: evaluationId, feedback }),
		);
		const client = await connectOne(desk);
		if (isProblem(client)) return refuseAll(desk, client);
		const { items, problems } = await forEachItem(desk, checked, {
			request: async ({ id, feedback: given }) => await client.sendFeedback(id, given),
			toItems: (evaluation, itemIndex) => [evaluationItem(evaluation, itemIndex, PLAIN_SHAPE)],
		});
		return [inInputOrder(desk, items, problems)];
	},
};
