import type { INodeProperties } from 'n8n-workflow';

import { getEvaluation } from '../api/evaluations';
import { checkItems, inInputOrder, toOutputs } from './items';
import { shownFor } from './operation';
import type { Operation } from './operation';
import { checkEvaluationId, isProblem } from './parameters';
import { forEachItem } from './requests';
import { evaluationItem } from './results';
import { readShape } from './shapeParameters';
import { verdictFields } from './verdictFields';

export const evaluationIdField: INodeProperties = {
	displayName: 'Evaluation ID',
	name: 'evaluationId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 6a1d3c1e-8a3b-4f5c-9b77-1f1f6d1f0c11',
	description: 'The ID that Submit gives for an evaluation',
};

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get evaluation',
		description: 'Read the current state of an evaluation, and its verdict if there is one',
	},
	fields: shownFor(['get'], [evaluationIdField, ...verdictFields]),
	async execute(context) {
		const checked = await checkItems(context, (itemIndex) => {
			const id = checkEvaluationId(context.getNodeParameter('evaluationId', itemIndex, ''));
			if (isProblem(id)) return id;
			const shape = readShape(context, itemIndex);
			return isProblem(shape) ? shape : { id, shape };
		});
		const { items, problems } = await forEachItem(context, checked, {
			request: async ({ id, shape }) => await getEvaluation(context, id, { embed: shape.embed }),
			toItems: (evaluation, itemIndex, { shape }) => [evaluationItem(evaluation, itemIndex, shape)],
		});
		return toOutputs(context, inInputOrder(items, problems));
	},
};
