import { connectOne } from '../items/account';
import { runEvaluations } from '../items/runTogether';
import { checkItems, keepBinary, refuseAll } from '../items/items';
import type { Operation } from './operation';
import { isProblem } from '../parameters/check';
import { maximumCost } from '../parameters/maximumCost';
import { submitOptions } from '../parameters/options';
import { readAll } from '../parameters/parameter';
import { batchSource } from '../parameters/source';
import { readSubmission } from '../parameters/submission';
import { submitTimeout } from '../parameters/timeout';
import { PLAIN_SHAPE } from '../parameters/verdict';

export const submit: Operation = {
	option: {
		name: 'Submit',
		value: 'submit',
		action: 'Submit image without waiting',
		description: 'Send an image to be judged and go on without waiting for the verdict',
	},
	fields: [submitOptions],
	async execute(context) {
		const limits = readAll<{ timeoutSeconds: number; maximumCost?: number }>(batchSource(context), {
			timeoutSeconds: submitTimeout,
			maximumCost,
		});
		if (isProblem(limits)) return refuseAll(context, limits);
		const checked = await checkItems(context, async (source) => {
			const submission = await readSubmission(source);
			if (isProblem(submission)) return submission;
			return { submission, shape: PLAIN_SHAPE };
		});
		const client = await connectOne(context);
		if (isProblem(client)) return refuseAll(context, client);
		const rule = { timeoutSeconds: limits.timeoutSeconds, onTimeout: 'error' } as const;
		const goal = { until: 'accepted', rule, maximumCost: limits.maximumCost } as const;
		return [keepBinary(context, await runEvaluations(context, client, checked, goal))];
	},
};
