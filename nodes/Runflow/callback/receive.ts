import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { getEvaluation } from '../api/evaluations';
import type { ApiFailure, Evaluation } from '../api/types';
import { shapeEvaluation } from '../verdict/shape';
import { verdictOf } from '../verdict/verdict';
import { isFinished } from '../waiting/rules';
import { accept, decline, parseBody, readRawBody } from './answer';
import { Deliveries } from './duplicates';
import { findEvaluationId } from './evaluationId';
import { checkSignature, readSecrets } from './secrets';
import { readTriggerSettings } from './settings';
import type { TriggerSettings } from './settings';

/** A sender gives up after a few seconds: one attempt must do. */
const LOOKUP_TIMEOUT_MS = 4_000;

/**
 * Receives a callback of Runflow and starts an execution if it is genuine, about a finished
 * evaluation of this organization, wanted and new. The body is only a hint that carries an id:
 * what comes out is what the API says. Whatever could be different in a moment is answered with a
 * status that makes Runflow deliver again.
 */
export async function receiveCallback(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		return await receive(context);
	} catch (error) {
		const reason = error instanceof Error ? error.message : 'unknown reason';
		context.logger.error(`Runflow Trigger could not handle a callback: ${reason}`);
		return decline(context, 503, 'The callback could not be handled; deliver it again');
	}
}

async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const settings = readTriggerSettings(context);
	const rawBody = await readRawBody(context);
	if (settings.verification === 'signature') {
		const problem = checkSignature(context, rawBody, await readSecrets(context));
		if (problem !== undefined) {
			context.logger.warn(`Runflow Trigger refused a callback: ${problem}`);
			return decline(context, 401, 'The callback is not signed as it should be');
		}
	}
	const id = findEvaluationId(parseBody(rawBody));
	if (id === undefined) return decline(context, 422, 'The callback is not about an evaluation');
	const deliveries = new Deliveries(context);
	if (settings.deduplicate && deliveries.isKnown(id)) {
		return decline(context, 200, 'The evaluation has started an execution before');
	}
	const { embed } = settings.shape;
	const attempt = await getEvaluation(context, id, { embed, timeoutMs: LOOKUP_TIMEOUT_MS });
	if (!attempt.ok) return lookupFailed(context, attempt.failure);
	return start(context, attempt.value, settings, deliveries);
}

function lookupFailed(context: IWebhookFunctions, failure: ApiFailure): IWebhookResponseData {
	if (failure.reaction === 'missing') {
		return decline(context, 404, 'There is no such evaluation in this organization');
	}
	context.logger.warn(`Runflow Trigger could not look up an evaluation: ${failure.message}`);
	return decline(context, 503, 'The evaluation could not be looked up; deliver the callback again');
}

function start(
	context: IWebhookFunctions,
	evaluation: Evaluation,
	settings: TriggerSettings,
	deliveries: Deliveries,
): IWebhookResponseData {
	const { shape, events, deduplicate } = settings;
	if (!isFinished(evaluation)) return decline(context, 425, 'The evaluation is not finished yet');
	if (!events.includes(verdictOf(evaluation, shape.criterion))) {
		return decline(context, 200, 'This verdict is not one that the workflow waits for');
	}
	if (deduplicate && !deliveries.claim(evaluation.id)) {
		return decline(context, 200, 'The evaluation has started an execution before');
	}
	return accept(context, shapeEvaluation(evaluation, shape));
}
