import { connectOne } from '../items/account';
import { checkItems, refuseAll, toOutputs } from '../items/items';
import { runEvaluations } from '../items/runTogether';
import { whyNotWritable } from '../items/tableAfter';
import { hintWithoutReference } from '../items/withoutReference';
import type { Plan } from '../billing/types';
import { isProblem } from '../parameters/check';
import { maximumCostForAll } from '../parameters/maximumCost';
import { submitAndWaitOptions } from '../parameters/options';
import { readAll } from '../parameters/parameter';
import { readSubmission } from '../parameters/submission';
import { timeoutRule } from '../parameters/timeout';
import type { TimeoutRule } from '../parameters/timeout';
import { layout, shape } from '../parameters/verdict';
import type { Layout } from '../parameters/verdict';
import { callbackNotice, waitMode } from '../parameters/waitMode';
import type { Operation } from './operation';
import { continuing, sayThatItPolls, submitAndPark } from './parking/park';
import { ParkingSpace } from './parking/space';

interface Terms {
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
	async execute(desk, context) {
		const batch = readAll<Terms>(desk.batch, {
			rule: timeoutRule,
			outputs: layout,
			mode: waitMode,
			limit: maximumCostForAll(() => [...desk.rows.keys()].map(desk.source)),
		});
		if (isProblem(batch)) return refuseAll(desk, batch);
		const { rule, outputs, mode, limit } = batch;
		const space = new ParkingSpace(context, desk);
		const handedOut = desk.isTool ? undefined : space.handedOut(outputs.split);
		if (handedOut !== undefined) return handedOut;
		const unwritable = whyNotWritable(desk);
		if (unwritable !== undefined) return refuseAll(desk, unwritable);
		const checked = await checkItems<Plan>(desk, async (source) => {
			const looks = shape.read(source);
			if (isProblem(looks)) return looks;
			const submission = await readSubmission(source);
			if (isProblem(submission)) return submission;
			return { submission, shape: looks };
		});
		const client = await connectOne(desk);
		if (isProblem(client)) return refuseAll(desk, client);
		hintWithoutReference(desk, checked.plans);
		const isToBeParked = mode === 'callback' && !desk.isTool && checked.plans.size > 0;
		const obstacle = isToBeParked ? await space.whyNot() : undefined;
		if (isToBeParked && obstacle === undefined) {
			const goal = { until: 'submitted', rule: continuing(rule), maximumCost: limit } as const;
			return await submitAndPark({ ...checked, desk, client, goal }, space, outputs);
		}
		if (obstacle !== undefined) sayThatItPolls(desk, obstacle);
		const { split: isSplit } = outputs;
		const ending = obstacle === undefined ? rule : continuing(rule);
		const goal = { until: 'finished', rule: ending, maximumCost: limit } as const;
		const items = await runEvaluations({ ...checked, desk, client, goal, isSplit });
		return toOutputs(desk, items, outputs);
	},
};
