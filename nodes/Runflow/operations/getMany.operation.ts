import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Attempt } from '../api/attempt';
import type { RunflowClient } from '../api/client';
import { cutListFailure } from '../api/failure';
import { EARLY_NOT_FOUND_GRACE_MS, MOST_PAGES } from '../api/policy';
import type { Evaluation, EvaluationPage } from '../api/types';
import { connectOne } from '../items/account';
import { checkItems, inInputOrder, refuseAll, toOutputs } from '../items/items';
import { evaluationItem } from '../items/results';
import { forEachItem } from '../items/runEach';
import { isProblem } from '../parameters/check';
import { getManyOptions } from '../parameters/options';
import { readAll } from '../parameters/parameter';
import { limit, returnAll, run, waitForVerdict } from '../parameters/run';
import { layout, shape } from '../parameters/verdict';
import type { Layout } from '../parameters/verdict';
import { NOT_EVALUATED } from '../verdict/reason';
import type { Shape } from '../verdict/shape';
import { isFinished } from '../waiting/rules';
import type { Operation } from './operation';

interface RunPlan {
	runId: string;
	returnAll: boolean;
	limit: number;
	shape: Shape;
}

export const getMany: Operation = {
	option: {
		name: 'Get Many',
		value: 'getMany',
		action: 'Get evaluations of a run',
		description: "Read Runflow's own evaluations of a run, newest first; costs nothing",
	},
	fields: [run.field, returnAll.field, limit.field, getManyOptions],
	async execute(desk) {
		const batch = readAll<{ layout: Layout; waitSeconds: number | undefined }>(desk.batch, {
			layout,
			waitSeconds: waitForVerdict,
		});
		if (isProblem(batch)) return refuseAll(desk, batch);
		const checked = await checkItems(desk, (source) =>
			readAll<RunPlan>(source, { runId: run, returnAll, limit, shape }),
		);
		const client = await connectOne(desk);
		if (isProblem(client)) return refuseAll(desk, client);
		const { items, problems } = await forEachItem(desk, checked, {
			missingGraceMs: EARLY_NOT_FOUND_GRACE_MS,
			request: async (plan) => await evaluationsOf(client, plan),
			awaited: {
				isThere: (found) => found.length > 0 && found.every(isFinished),
				waitMs: (batch.waitSeconds ?? 0) * 1_000,
			},
			toItems: (found, itemIndex, plan) =>
				found.length > 0
					? found.map((evaluation) => evaluationItem(evaluation, itemIndex, plan.shape))
					: [notEvaluated(itemIndex, plan)],
		});
		return toOutputs(desk, inInputOrder(desk, items, problems), batch.layout);
	},
};

/** As many evaluations of a run as were asked for, with the details that were asked for. */
async function evaluationsOf(client: RunflowClient, plan: RunPlan): Promise<Attempt<Evaluation[]>> {
	const most = plan.returnAll ? Infinity : plan.limit;
	const { embed } = plan.shape;
	const found: Evaluation[] = [];
	let next: EvaluationPage['next'];
	for (let page = 0; page < MOST_PAGES; page++) {
		const answer = await client.runEvaluations(plan.runId, { embed, next });
		if (!answer.ok) return answer;
		const { evaluations, isCut, ...more } = answer.value;
		found.push(...evaluations);
		const isComplete = found.length >= most || (more.next === undefined && !isCut);
		if (isComplete) return await withDetails(client, found.slice(0, most), plan.shape);
		if (isCut || JSON.stringify(more.next) === JSON.stringify(next)) break;
		next = more.next;
	}
	return { ok: false, failure: cutListFailure(plan.runId) };
}

/** A list may leave out details that each evaluation has by itself. */
async function withDetails(
	client: RunflowClient,
	found: Evaluation[],
	{ embed }: Shape,
): Promise<Attempt<Evaluation[]>> {
	const complete: Evaluation[] = [];
	for (const evaluation of found) {
		const isMissing = embed.some((name) => !(name in evaluation)) && isFinished(evaluation);
		if (!isMissing) {
			complete.push(evaluation);
			continue;
		}
		const answer = await client.get(evaluation.id, { embed });
		if (!answer.ok) return answer;
		complete.push(answer.value);
	}
	return { ok: true, value: complete };
}

/** The item for a run without evaluations: nobody judged its image. */
function notEvaluated(itemIndex: number, { runId, shape }: RunPlan): INodeExecutionData {
	const none: Evaluation = { id: '', status_code: '', run_id: runId };
	const item = evaluationItem(none, itemIndex, shape);
	const json: IDataObject = { ...item.json, reason: NOT_EVALUATED };
	return { ...item, json };
}
