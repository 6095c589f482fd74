import { sleep } from 'n8n-workflow';

import type { Attempt } from '../api/attempt';
import type { RunflowClient } from '../api/client';
import { networkFailure } from '../api/failure';
import type { Embed, Evaluation } from '../api/types';

/** A sender gives up after a few seconds. What the API has not said by then comes with a later delivery. */
const LOOKUP_LIMIT_MS = 4_000;

/**
 * Asks the API for the first of these ids that it knows, once, and for no longer than a sender
 * waits, even if the API sends its answer byte by byte.
 */
export async function lookUp(
	client: RunflowClient,
	ids: string[],
	embed: Embed[],
): Promise<Attempt<Evaluation>> {
	const answered = new AbortController();
	const tooLate = sleep(LOOKUP_LIMIT_MS, answered.signal).catch(() => {});
	try {
		return await Promise.race([
			firstKnown(client, ids, embed),
			tooLate.then(() => ({
				ok: false as const,
				failure: networkFailure({ subject: 'Evaluation' }, 'ETIMEDOUT'),
			})),
		]);
	} finally {
		answered.abort();
	}
}

async function firstKnown(
	client: RunflowClient,
	[id = '', ...others]: string[],
	embed: Embed[],
): Promise<Attempt<Evaluation>> {
	const attempt = await client.get(id, { embed, timeoutMs: LOOKUP_LIMIT_MS });
	const isUnknown = !attempt.ok && attempt.failure.reaction === 'missing';
	return isUnknown && others.length > 0 ? await firstKnown(client, others, embed) : attempt;
}
