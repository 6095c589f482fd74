import { connect } from '../connect';
import { runEvaluations } from '../items/runTogether';
import { checkItems, keepBinary, refuseAll } from '../items/items';
import type { Operation } from './operation';
import { isProblem } from '../parameters/check';
import { maximumCost } from '../parameters/maximumCost';
import { batchSource } from '../parameters/source';
import { readSubmission } from '../parameters/submission';
import { PLAIN_SHAPE } from '../parameters/verdict';

/** How long a batch may go without the account accepting anything. */
const PATIENCE = { timeoutSeconds: 600, onTimeout: 'error' } as const;

export const submit: Operation = {
	option: {
		name: 'Submit',
		value: 'submit',
		action: 'Submit image without waiting',
		description: 'Send an image to be judged and go on without waiting for the verdict',
	},
	async execute(context) {
		const limit = maximumCost.read(batchSource(context));
		if (isProblem(limit)) return refuseAll(context, limit);
		const checked = await checkItems(context, async (source) => {
			const submission = await readSubmission(source);
			if (isProblem(submission)) return submission;
			return { submission, shape: PLAIN_SHAPE };
		});
		const client = await connect(context, context.getExecutionCancelSignal?.());
		const goal = { until: 'accepted', rule: PATIENCE, maximumCost: limit } as const;
		return [keepBinary(context, await runEvaluations(context, client, checked, goal))];
	},
};
