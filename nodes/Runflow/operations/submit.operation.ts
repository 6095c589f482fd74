import { isOutOfReach } from '../api/reach';
import { connectOne } from '../items/account';
import { runEvaluations } from '../items/runTogether';
import { checkItems, keepBinary, refuseAll } from '../items/items';
import { hintWithoutReference } from '../items/withoutReference';
import type { Operation } from './operation';
import { isProblem, ParameterProblem } from '../parameters/check';
import { maximumCostForAll } from '../parameters/maximumCost';
import { submitOptions } from '../parameters/options';
import { readAll } from '../parameters/parameter';
import { readSubmission } from '../parameters/submission';
import { submitTimeout } from '../parameters/timeout';
import { excerpt } from '../parameters/value';
import { PLAIN_SHAPE } from '../parameters/verdict';

/** An address that Runflow cannot call is a mistake that would show only after the bill. */
function outOfReach(url: string): ParameterProblem {
	return new ParameterProblem(
		"Runflow cannot reach the 'Callback URL'",
		`It is ${excerpt(url)}, an address of this machine or of a private network. Copy the Production URL of a Runflow Trigger whose n8n has a public address (N8N_WEBHOOK_URL, WEBHOOK_URL in older versions), or leave the field out and read the verdict with Get`,
	);
}

export const submit: Operation = {
	option: {
		name: 'Submit',
		value: 'submit',
		action: 'Submit image without waiting',
		description: 'Send an image to be judged and go on without waiting for the verdict',
	},
	fields: [submitOptions],
	async execute(desk, context) {
		const limits = readAll<{ timeoutSeconds: number; maximumCost?: number }>(desk.batch, {
			timeoutSeconds: submitTimeout,
			maximumCost: maximumCostForAll(() => [...desk.rows.keys()].map(desk.source)),
		});
		if (isProblem(limits)) return refuseAll(desk, limits);
		let runflow: string | undefined;
		const checked = await checkItems(desk, async (source) => {
			const submission = await readSubmission(source);
			if (isProblem(submission)) return submission;
			const { callback_url } = submission.facts;
			if (callback_url !== undefined) {
				runflow ??= String((await context.getCredentials('runflowApi', 0)).baseUrl);
				if (isOutOfReach(callback_url, runflow)) return outOfReach(callback_url);
			}
			return { submission, shape: PLAIN_SHAPE };
		});
		const client = await connectOne(desk);
		if (isProblem(client)) return refuseAll(desk, client);
		hintWithoutReference(desk, checked.plans);
		const { timeoutSeconds } = limits;
		const field = submitTimeout.field.displayName;
		const rule = { timeoutSeconds, onTimeout: 'error', field } as const;
		const goal = { until: 'accepted', rule, maximumCost: limits.maximumCost } as const;
		return [keepBinary(desk, await runEvaluations({ ...checked, desk, client, goal }))];
	},
};
