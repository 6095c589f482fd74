import type { INodeProperties } from 'n8n-workflow';

import { connect } from '../connect';
import { readTimeoutRule, runEvaluations } from '../items/runTogether';
import type { Plan } from '../items/runTogether';
import { checkItems, isTool, toOutputs } from '../items/items';
import type { Operation } from './operation';
import { isProblem } from '../parameters/check';
import { submitAndPark } from './parking/park';
import { readShape } from '../parameters/shape';
import { readSubmission } from '../parameters/submission';

const waitModeField: INodeProperties = {
	displayName: 'Wait Mode',
	name: 'waitMode',
	type: 'options',
	options: [
		{
			name: 'Callback',
			value: 'callback',
			description:
				'Park the execution and go on when Runflow calls back. Holds no execution slot and survives a restart of n8n. Runflow must be able to reach your n8n.',
		},
		{
			name: 'Poll',
			value: 'poll',
			description:
				'Ask Runflow until the verdicts are there. Works everywhere; the execution keeps running meanwhile.',
		},
	],
	default: 'poll',
	description: 'How to wait for the verdicts',
	displayOptions: { hide: { '@tool': [true] } },
};

export const submitAndWait: Operation = {
	option: {
		name: 'Submit and Wait',
		value: 'submitAndWait',
		action: 'Judge image and wait for verdict',
		description: 'Send an image to be judged and wait for the verdict',
	},
	fields: [waitModeField],
	async execute(context) {
		const rule = readTimeoutRule(context);
		const checked = await checkItems<Plan>(context, async (itemIndex) => {
			const shape = readShape(context, itemIndex);
			if (isProblem(shape)) return shape;
			const submission = await readSubmission(context, itemIndex);
			return isProblem(submission) ? submission : { submission, shape };
		});
		const client = await connect(context, context.getExecutionCancelSignal?.());
		const waitMode = context.getNodeParameter('waitMode', 0, 'poll');
		if (waitMode === 'callback' && !isTool(context) && checked.plans.size > 0) {
			return await submitAndPark(context, client, checked, rule);
		}
		return toOutputs(context, await runEvaluations(context, client, checked, 'finished', rule));
	},
};
