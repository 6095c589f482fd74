import { connect } from '../connect';
import { checkItems, refuseAll, toOutputs } from '../items/items';
import { withKey } from '../items/keys';
import { runEvaluations } from '../items/runTogether';
import type { Plan } from '../items/runTogether';
import { isTool } from '../parameters/asTool';
import { isProblem } from '../parameters/check';
import { readAll } from '../parameters/parameter';
import { batchSource } from '../parameters/source';
import { readSubmission } from '../parameters/submission';
import { timeoutRule } from '../parameters/timeout';
import type { TimeoutRule } from '../parameters/timeout';
import { layout, shape } from '../parameters/verdict';
import type { Layout } from '../parameters/verdict';
import { callbackNotice, waitMode } from '../parameters/waitMode';
import type { Operation } from './operation';
import { submitAndPark } from './parking/park';
import { recallHandedOut } from './parking/recall';

interface Batch {
	rule: TimeoutRule;
	outputs: Layout;
	mode: 'callback' | 'poll';
}

export const submitAndWait: Operation = {
	option: {
		name: 'Submit and Wait',
		value: 'submitAndWait',
		action: 'Judge image and wait for verdict',
		description: 'Send an image to be judged and wait for the verdict',
	},
	fields: [waitMode.field, callbackNotice],
	async execute(context) {
		const batch = readAll<Batch>(batchSource(context), {
			rule: timeoutRule,
			outputs: layout,
			mode: waitMode,
		});
		if (isProblem(batch)) return refuseAll(context, batch);
		const { rule, outputs, mode } = batch;
		const handedOut = isTool(context) ? undefined : recallHandedOut(context, outputs.split);
		if (handedOut !== undefined) return handedOut;
		const checked = await checkItems<Plan>(context, async (source) => {
			const looks = shape.read(source);
			if (isProblem(looks)) return looks;
			const submission = await readSubmission(source);
			if (isProblem(submission)) return submission;
			return { submission: withKey(source, submission), shape: looks };
		});
		const client = await connect(context, context.getExecutionCancelSignal?.());
		if (mode === 'callback' && !isTool(context) && checked.plans.size > 0) {
			return await submitAndPark(context, client, checked, rule, outputs);
		}
		return toOutputs(
			context,
			await runEvaluations(context, client, checked, 'finished', rule),
			outputs,
		);
	},
};
