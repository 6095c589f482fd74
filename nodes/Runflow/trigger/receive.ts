import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import type { ApiFailure, Evaluation } from '../api/types';
import { shapeEvaluation } from '../verdict/shape';
import { verdictOf } from '../verdict/verdict';
import { isFinished } from '../waiting/rules';
import { accept, decline, parseBody, readRawBody } from '../callback/answer';
import { Deliveries } from './duplicates';
import { findEvaluationIds } from './evaluationId';
import { lookUp } from './lookup';
import { checkSignature, readSecrets } from '../callback/secrets';
import { nameOf, readTriggerSettings, readVerification } from './settings';
import type { TriggerSettings } from './settings';

/**
 * Receives a callback of Runflow and starts an execution if it is genuine, about a finished
 * evaluation of this organization, wanted and new. The body is only a hint that carries an id:
 * what comes out is what the API says. Whatever could be different in a moment is answered with a
 * status that makes Runflow deliver again. A callback that starts nothing leaves one line in n8n's
 * log, without anything that the sender wrote.
 */
export async function receiveCallback(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		return await receive(context);
	} catch (error) {
		const reason = error instanceof Error ? error.message : 'unknown reason';
		context.logger.error(`${nameOf(context)} could not handle a callback: ${reason}`);
		return decline(context, 503, 'The callback could not be handled; deliver it again');
	}
}

async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const rawBody = await readRawBody(context);
	if (readVerification(context) === 'signature') {
		const problem = checkSignature(context, rawBody, await readSecrets(context));
		if (problem !== undefined) {
			context.logger.warn(`${nameOf(context)} refused a callback: ${problem}`);
			return decline(context, 401, 'The callback is not signed as it should be');
		}
	}
	const settings = readTriggerSettings(context);
	const ids = findEvaluationIds(parseBody(rawBody));
	if (ids.length === 0) {
		return startNothing(context, 'warn', 422, 'The callback is not about an evaluation');
	}
	const deliveries = new Deliveries(context);
	if (settings.deduplicate && ids.some((id) => deliveries.isKnown(id))) {
		return startNothing(context, 'debug', 200, HAS_STARTED);
	}
	const attempt = await lookUp(context, ids, settings.shape.embed);
	if (!attempt.ok) return lookupFailed(context, attempt.failure);
	return start(context, attempt.value, settings, deliveries);
}

function lookupFailed(context: IWebhookFunctions, failure: ApiFailure): IWebhookResponseData {
	if (failure.reaction === 'missing') {
		return startNothing(context, 'warn', 404, 'The organization has no such evaluation');
	}
	context.logger.warn(
		`${nameOf(context)} could not look up an evaluation and asked for another delivery: ${failure.message}`,
	);
	return decline(context, 503, 'The evaluation could not be looked up; deliver the callback again');
}

function start(
	context: IWebhookFunctions,
	evaluation: Evaluation,
	settings: TriggerSettings,
	deliveries: Deliveries,
): IWebhookResponseData {
	const { shape, events, deduplicate } = settings;
	if (!isFinished(evaluation)) {
		return startNothing(context, 'info', 425, 'The evaluation is not finished yet');
	}
	if (!events.includes(verdictOf(evaluation, shape.criterion))) {
		return startNothing(context, 'debug', 200, 'The workflow does not wait for this verdict');
	}
	const json = shapeEvaluation(evaluation, shape);
	if (deduplicate && !deliveries.claim(evaluation.id.toLowerCase())) {
		return startNothing(context, 'debug', 200, HAS_STARTED);
	}
	return accept(context, json);
}

const HAS_STARTED = 'The evaluation has started an execution before';

/** Answers the sender and tells n8n's log the same. */
function startNothing(
	context: IWebhookFunctions,
	level: 'debug' | 'info' | 'warn',
	status: number,
	reason: string,
): IWebhookResponseData {
	context.logger[level](`${nameOf(context)} started nothing after a callback: ${reason}`);
	return decline(context, status, reason);
}
