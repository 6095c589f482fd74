import { sleep } from 'n8n-workflow';
import type { IWebhookFunctions } from 'n8n-workflow';

import { getEvaluation } from '../api/evaluations';
import type { Embed } from '../api/evaluations';
import { networkFailure } from '../messages/failure';
import type { Attempt, Evaluation } from '../api/types';

/** A sender gives up after a few seconds. What the API has not said by then comes with a later delivery. */
const LOOKUP_LIMIT_MS = 4_000;

/**
 * Asks the API for the first of these ids that it knows, once, and for no longer than a sender
 * waits, even if the API sends its answer byte by byte.
 */
export async function lookUp(
	context: IWebhookFunctions,
	ids: string[],
	embed: Embed[],
): Promise<Attempt<Evaluation>> {
	const answered = new AbortController();
	const tooLate = sleep(LOOKUP_LIMIT_MS, answered.signal).catch(() => {});
	try {
		return await Promise.race([
			firstKnown(context, ids, embed),
			tooLate.then(() => ({ ok: false as const, failure: networkFailure('ETIMEDOUT') })),
		]);
	} finally {
		answered.abort();
	}
}

async function firstKnown(
	context: IWebhookFunctions,
	[id = '', ...others]: string[],
	embed: Embed[],
): Promise<Attempt<Evaluation>> {
	const attempt = await getEvaluation(context, id, { embed, timeoutMs: LOOKUP_LIMIT_MS });
	const isUnknown = !attempt.ok && attempt.failure.reaction === 'missing';
	return isUnknown && others.length > 0 ? await firstKnown(context, others, embed) : attempt;
}
