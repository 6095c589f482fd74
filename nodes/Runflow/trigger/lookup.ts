import type { INode } from 'n8n-workflow';

import type { Attempt } from '../api/attempt';
import type { RunflowClient } from '../api/client';
import { networkFailure } from '../api/failure';
import type { Embed, Evaluation } from '../api/types';
import { lasting } from '../callback/lasting';
import { systemTimer, within } from '../callback/timer';
import type { Timer } from '../callback/timer';
import { TokenBucket } from '../waiting/tokenBucket';

/** A sender gives up after a few seconds. What the API has not said by then comes with a later delivery. */
const LOOKUP_LIMIT_MS = 4_000;

/** How often anybody at all can make this process ask with one credential, where nothing is signed. */
const UNSIGNED_LOOKUPS_PER_SECOND = 10;
const UNSIGNED_LOOKUPS_AT_ONCE = 30;
const PAUSE_AFTER_REFUSAL_MS = 5_000;
const MOST_ACCOUNTS = 200;

const budgets = new Map<string, TokenBucket>();

/** What unsigned callbacks may ask with the credential of this node, in this process. */
export function budgetFor({ credentials }: INode, now = performance.now()): TokenBucket {
	const account = credentials?.runflowApi?.id ?? '';
	const create = () => new TokenBucket(now, UNSIGNED_LOOKUPS_PER_SECOND, UNSIGNED_LOOKUPS_AT_ONCE);
	return lasting(budgets, account, MOST_ACCOUNTS, create);
}

/** How callbacks of a trigger are looked up. */
export interface Lookup {
	client: Pick<RunflowClient, 'get'>;
	embed: Embed[];
	/** Absent for signed callbacks: nobody else can make them. */
	budget?: TokenBucket;
	timer?: Timer;
}

/**
 * Asks the API for the first of these ids that it knows, once, and for no longer than a sender
 * waits, even if the API sends its answer byte by byte. Undefined when the budget is used up.
 */
export async function lookUp(
	ids: string[],
	lookup: Lookup,
): Promise<Attempt<Evaluation> | undefined> {
	const { timer = systemTimer } = lookup;
	const found = await within(LOOKUP_LIMIT_MS, timer, async () => ({
		attempt: await firstKnown(ids, lookup, timer),
	}));
	if (found !== undefined) return found.attempt;
	return { ok: false, failure: networkFailure({ subject: 'Evaluation' }, 'ETIMEDOUT') };
}

async function firstKnown(
	[id = '', ...others]: string[],
	lookup: Lookup,
	timer: Timer,
): Promise<Attempt<Evaluation> | undefined> {
	const { client, embed, budget } = lookup;
	const now = timer.now();
	if (budget !== undefined && budget.readyAt(now) > now) return undefined;
	budget?.take(now);
	const attempt = await client.get(id, { embed, timeoutMs: LOOKUP_LIMIT_MS });
	if (attempt.ok) {
		budget?.recover();
		return attempt;
	}
	const { reaction, retryAfterMs = PAUSE_AFTER_REFUSAL_MS } = attempt.failure;
	if (reaction === 'busy') budget?.slowDown(timer.now(), retryAfterMs);
	const isUnknown = reaction === 'missing' && others.length > 0;
	return isUnknown ? await firstKnown(others, lookup, timer) : attempt;
}
