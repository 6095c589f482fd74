import { readTimeoutRule, runEvaluations } from './evaluations';
import type { Plan } from './evaluations';
import { evaluationIdField } from './get.operation';
import { checkItems, toOutputs } from './items';
import { shownFor } from './operation';
import type { Operation } from './operation';
import { checkEvaluationId, isProblem } from './parameters';
import { readShape } from './shapeParameters';
import { verdictFields } from './verdictFields';
import { waitFields } from './waitFields';

export const wait: Operation = {
	option: {
		name: 'Wait',
		value: 'wait',
		action: 'Wait for evaluation',
		description: 'Wait until evaluations that were submitted before are finished',
	},
	fields: shownFor(['wait'], [evaluationIdField, ...waitFields, ...verdictFields]),
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
		return toOutputs(context, await runEvaluations(context, checked, 'finished', rule));
	},
};
