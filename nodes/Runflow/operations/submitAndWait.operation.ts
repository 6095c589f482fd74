import { connectOne } from '../items/account';
import { checkItems, refuseAll, toOutputs } from '../items/items';
import { runEvaluations } from '../items/runTogether';
import type { Plan } from '../billing/types';
import { isTool } from '../parameters/asTool';
import { isProblem } from '../parameters/check';
import { maximumCostForAll } from '../parameters/maximumCost';
import { submitAndWaitOptions } from '../parameters/options';
import { readAll } from '../parameters/parameter';
import { batchSource } from '../parameters/source';
import { readSubmission } from '../parameters/submission';
import { timeoutRule } from '../parameters/timeout';
import type { TimeoutRule } from '../parameters/timeout';
import { layout, shape } from '../parameters/verdict';
import type { Layout } from '../parameters/verdict';
import { callbackNotice, waitMode } from '../parameters/waitMode';
import type { Operation } from './operation';
import { continuing, sayThatItPolls, submitAndPark } from './parking/park';
import { whyNotPark } from './parking/probe';
import { recallHandedOut } from './parking/recall';

interface Batch {
	rule: TimeoutRule;
	outputs: Layout;
	mode: 'callback' | 'poll';
	limit: number | undefined;
}

export const submitAndWait: Operation = {
	option: {
		name: 'Submit and Wait',
		value: 'submitAndWait',
		action: 'Submit image and wait for verdict',
		description: 'Send an image to be judged and wait for the verdict',
	},
	fields: [callbackNotice, submitAndWaitOptions],
	async execute(context) {
		const batch = readAll<Batch>(batchSource(context), {
			rule: timeoutRule,
			outputs: layout,
			mode: waitMode,
			limit: maximumCostForAll(context),
		});
		if (isProblem(batch)) return refuseAll(context, batch);
		const { rule, outputs, mode, limit } = batch;
		const handedOut = isTool(context) ? undefined : recallHandedOut(context, outputs.split);
		if (handedOut !== undefined) return handedOut;
		const checked = await checkItems<Plan>(context, async (source) => {
			const looks = shape.read(source);
			if (isProblem(looks)) return looks;
			const submission = await readSubmission(source);
			if (isProblem(submission)) return submission;
			return { submission, shape: looks };
		});
		const client = await connectOne(context);
		if (isProblem(client)) return refuseAll(context, client);
		const isToBeParked = mode === 'callback' && !isTool(context) && checked.plans.size > 0;
		const obstacle = isToBeParked ? await whyNotPark(context) : undefined;
		if (isToBeParked && obstacle === undefined) {
			return await submitAndPark(context, client, checked, rule, outputs, limit);
		}
		if (obstacle !== undefined) sayThatItPolls(context, obstacle);
		const { split: isSplit } = outputs;
		const ending = obstacle === undefined ? rule : continuing(rule);
		const goal = { until: 'finished', rule: ending, maximumCost: limit } as const;
		const items = await runEvaluations(context, client, checked, goal, isSplit);
		return toOutputs(context, items, outputs);
	},
};
