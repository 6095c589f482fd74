import { connect } from '../connect';
import { inInputOrder } from '../items/items';
import type { Operation } from './operation';
import { forEachItem } from '../items/runEach';

export const listJobClasses: Operation = {
	option: {
		name: 'List Job Classes',
		value: 'listJobClasses',
		action: 'List job classes and prices',
		description: 'List the kinds of evaluation and what each one costs',
	},
	async execute(context) {
		const plans = new Map([...context.getInputData().keys()].map((itemIndex) => [itemIndex, null]));
		const client = await connect(context, context.getExecutionCancelSignal?.());
		const { items, problems } = await forEachItem(
			context,
			{ plans, problems: [] },
			{
				request: async () => await client.jobClasses(),
				toItems: (jobClasses, itemIndex) =>
					jobClasses.map((jobClass) => ({
						json: { ...jobClass },
						pairedItem: { item: itemIndex },
					})),
			},
		);
		return [inInputOrder(context, items, problems)];
	},
};
