import { connect } from '../connect';
import { readTimeoutRule, runEvaluations } from '../items/runTogether';
import type { Plan } from '../items/runTogether';
import { checkItems, toOutputs } from '../items/items';
import type { Operation } from './operation';
import { checkEvaluationId, isProblem } from '../parameters/check';
import { readShape } from '../parameters/shape';

export const wait: Operation = {
	option: {
		name: 'Wait',
		value: 'wait',
		action: 'Wait for verdict of submitted image',
		description: 'Wait until images that were submitted before have a verdict',
	},
	async execute(context) {
		const rule = readTimeoutRule(context);
		const checked = await checkItems<Plan>(context, (itemIndex) => {
			const evaluationId = checkEvaluationId(
				context.getNodeParameter('evaluationId', itemIndex, ''),
			);
			if (isProblem(evaluationId)) return evaluationId;
			const shape = readShape(context, itemIndex);
			return isProblem(shape) ? shape : { evaluationId, shape };
		});
		const client = await connect(context, context.getExecutionCancelSignal?.());
		return toOutputs(context, await runEvaluations(context, client, checked, 'finished', rule));
	},
};
