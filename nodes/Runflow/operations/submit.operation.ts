import { connect } from '../connect';
import { runEvaluations } from '../items/runTogether';
import { checkItems, keepBinary } from '../items/items';
import type { Operation } from './operation';
import { isProblem } from '../parameters/check';
import { readSubmission } from '../parameters/submission';

/** How long a batch may go without the account accepting anything. */
const PATIENCE = { timeoutSeconds: 600, onTimeout: 'error' } as const;

/** There is no verdict yet: a criterion would have nothing to judge. */
const PENDING = { simple: true, embed: [], criterion: { passCriterion: 'overall' } } as const;

export const submit: Operation = {
	option: {
		name: 'Submit',
		value: 'submit',
		action: 'Submit image without waiting',
		description: 'Send an image to be judged and go on without waiting for the verdict',
	},
	async execute(context) {
		const checked = await checkItems(context, async (itemIndex) => {
			const submission = await readSubmission(context, itemIndex);
			return isProblem(submission) ? submission : { submission, shape: { ...PENDING, embed: [] } };
		});
		const client = await connect(context, context.getExecutionCancelSignal?.());
		return [
			keepBinary(context, await runEvaluations(context, client, checked, 'accepted', PATIENCE)),
		];
	},
};
