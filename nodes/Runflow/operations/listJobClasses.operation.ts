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
	async execute(desk, context) {
		const indices = [...desk.rows.keys()];
		const [first = 0] = indices;
		const client = await connect(context, desk.signal);
		const { items, problems } = await forEachItem(
			desk,
			{ plans: new Map([[first, null]]), problems: [] },
			{
				request: async () => await client.jobClasses(),
				toItems: (jobClasses) =>
					indices.flatMap((item) =>
						jobClasses.map((jobClass) => ({ json: { ...jobClass }, pairedItem: { item } })),
					),
			},
		);
		const forAll = problems.flatMap((problem) =>
			indices.map((itemIndex) => ({ ...problem, itemIndex })),
		);
		return [inInputOrder(desk, items, forAll)];
	},
};
