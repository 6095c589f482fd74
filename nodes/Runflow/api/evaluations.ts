import { isObject, readEvaluation, readJobClasses, textAt } from './read';
import { send } from './request';
import type { RunflowContext } from './request';
import type { Attempt, Evaluation, EvaluationRequest, JobClass } from './types';

const SUBMIT_TIMEOUT_MS = 60_000;

/** Details that the API adds to an evaluation only when asked for. */
export type Embed = 'judges' | 'action' | 'gate_failures';

/** `POST /v1/evaluations`: one attempt; the same key never creates or bills a second evaluation. */
export async function submitEvaluation(
	context: RunflowContext,
	request: EvaluationRequest,
	idempotencyKey: string,
): Promise<Attempt<Evaluation>> {
	return await send(context, {
		method: 'POST',
		path: '/v1/evaluations',
		body: { ...request },
		idempotencyKey,
		timeoutMs: SUBMIT_TIMEOUT_MS,
		scope: 'evaluations:create',
		subject: 'Evaluations',
		read: readEvaluation,
	});
}

/** `GET /v1/evaluations/{id}`: one attempt, light unless embeds are asked for. */
export async function getEvaluation(
	context: RunflowContext,
	id: string,
	options: { embed?: Embed[]; timeoutMs?: number } = {},
): Promise<Attempt<Evaluation>> {
	const { embed = [], timeoutMs } = options;
	return await send(context, {
		method: 'GET',
		path: `/v1/evaluations/${encodeURIComponent(id)}`,
		query: embed.length > 0 ? { embed: embed.join(',') } : undefined,
		timeoutMs,
		scope: 'evaluations:read',
		subject: 'Evaluation',
		id,
		read: readEvaluation,
	});
}

/** `PATCH /v1/evaluations/{id}/feedback`: sets or, with null, clears the feedback. */
export async function patchFeedback(
	context: RunflowContext,
	id: string,
	feedback: { is_positive: boolean | null; reason?: string },
): Promise<Attempt<Evaluation>> {
	return await send(context, {
		method: 'PATCH',
		path: `/v1/evaluations/${encodeURIComponent(id)}/feedback`,
		body: { ...feedback },
		scope: 'evaluations:edit',
		subject: 'Evaluation',
		id,
		read: readEvaluation,
	});
}

/** `GET /v1/evaluations/job-classes`: the kinds of evaluation and what each costs. */
export async function getJobClasses(context: RunflowContext): Promise<Attempt<JobClass[]>> {
	return await send(context, {
		method: 'GET',
		path: '/v1/evaluations/job-classes',
		subject: 'Job classes',
		read: readJobClasses,
	});
}

/** `GET /v1/billing/balance`: decimal string of credits; many keys may not read it. */
export async function getBalance(context: RunflowContext): Promise<Attempt<string>> {
	return await send(context, {
		method: 'GET',
		path: '/v1/billing/balance',
		scope: 'credit_balance:read',
		subject: 'Balance',
		read: (body: unknown) => (isObject(body) ? textAt(body, 'balance') : undefined),
	});
}
