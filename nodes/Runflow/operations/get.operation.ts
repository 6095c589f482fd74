import { EARLY_NOT_FOUND_GRACE_MS } from '../api/policy';
import { connectOne } from '../items/account';
import { checkItems, inInputOrder, refuseAll, toOutputs } from '../items/items';
import type { Operation } from './operation';
import { isProblem } from '../parameters/check';
import { evaluationId } from '../parameters/evaluationId';
import { getOptions } from '../parameters/options';
import { readAll } from '../parameters/parameter';
import { layout, shape } from '../parameters/verdict';
import { forEachItem } from '../items/runEach';
import { evaluationItem } from '../items/results';
import type { Shape } from '../verdict/shape';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get verdict',
		description: 'Retrieve an evaluation as it is now, with its verdict if there is one',
	},
	fields: [getOptions],
	async execute(desk) {
		const outputs = layout.read(desk.batch);
		if (isProblem(outputs)) return refuseAll(desk, outputs);
		const checked = await checkItems(desk, (source) =>
			readAll<{ id: string; shape: Shape }>(source, { id: evaluationId, shape }),
		);
		const client = await connectOne(desk);
		if (isProblem(client)) return refuseAll(desk, client);
		const { items, problems } = await forEachItem(desk, checked, {
			missingGraceMs: EARLY_NOT_FOUND_GRACE_MS,
			request: async ({ id, shape }) => await client.get(id, { embed: shape.embed }),
			toItems: (evaluation, itemIndex, { shape }) => [evaluationItem(evaluation, itemIndex, shape)],
		});
		return toOutputs(desk, inInputOrder(desk, items, problems), outputs);
	},
};
