import { connect } from '../connect';
import { runEvaluations } from '../items/runTogether';
import { checkItems, keepBinary } from '../items/items';
import { withKey } from '../items/keys';
import type { Operation } from './operation';
import { isProblem } from '../parameters/check';
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
		const checked = await checkItems(context, async (source) => {
			const submission = await readSubmission(source);
			if (isProblem(submission)) return submission;
			return { submission: withKey(source, submission), shape: PLAIN_SHAPE };
		});
		const client = await connect(context, context.getExecutionCancelSignal?.());
		return [
			keepBinary(context, await runEvaluations(context, client, checked, 'accepted', PATIENCE)),
		];
	},
};
