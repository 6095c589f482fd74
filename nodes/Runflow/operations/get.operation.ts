import { connect } from '../connect';
import { checkItems, inInputOrder, toOutputs } from '../items/items';
import type { Operation } from './operation';
import { checkEvaluationId, isProblem } from '../parameters/check';
import { forEachItem } from '../items/runEach';
import { evaluationItem } from '../items/results';
import { readShape } from '../parameters/shape';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get verdict',
		description: 'Retrieve an evaluation as it is now, with its verdict if there is one',
	},
	async execute(context) {
		const checked = await checkItems(context, (itemIndex) => {
			const id = checkEvaluationId(context.getNodeParameter('evaluationId', itemIndex, ''));
			if (isProblem(id)) return id;
			const shape = readShape(context, itemIndex);
			return isProblem(shape) ? shape : { id, shape };
		});
		const client = await connect(context, context.getExecutionCancelSignal?.());
		const { items, problems } = await forEachItem(context, checked, {
			request: async ({ id, shape }) => await client.get(id, { embed: shape.embed }),
			toItems: (evaluation, itemIndex, { shape }) => [evaluationItem(evaluation, itemIndex, shape)],
		});
		return toOutputs(context, inInputOrder(items, problems));
	},
};
