import { connectOne } from '../items/account';
import { runEvaluations } from '../items/runTogether';
import type { Plan } from '../billing/types';
import { checkItems, refuseAll, toOutputs } from '../items/items';
import type { Operation } from './operation';
import { isProblem } from '../parameters/check';
import { evaluationId } from '../parameters/evaluationId';
import { waitOptions } from '../parameters/options';
import { readAll } from '../parameters/parameter';
import { timeoutRule } from '../parameters/timeout';
import type { TimeoutRule } from '../parameters/timeout';
import { layout, shape } from '../parameters/verdict';
import type { Layout } from '../parameters/verdict';
import type { Shape } from '../verdict/shape';

export const wait: Operation = {
	option: {
		name: 'Wait',
		value: 'wait',
		action: 'Wait for verdict of submitted image',
		description: 'Wait until images that were submitted before have a verdict',
	},
	fields: [waitOptions],
	async execute(desk) {
		const batch = readAll<{ rule: TimeoutRule; layout: Layout }>(desk.batch, {
			rule: timeoutRule,
			layout,
		});
		if (isProblem(batch)) return refuseAll(desk, batch);
		const checked = await checkItems<Plan>(desk, (source) =>
			readAll<{ evaluationId: string; shape: Shape }>(source, { evaluationId, shape }),
		);
		const client = await connectOne(desk);
		if (isProblem(client)) return refuseAll(desk, client);
		const goal = { until: 'finished', rule: batch.rule } as const;
		const items = await runEvaluations({ ...checked, desk, client, goal });
		return toOutputs(desk, items, batch.layout);
	},
};
