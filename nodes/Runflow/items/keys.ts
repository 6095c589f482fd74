import { createHash } from 'node:crypto';

import { isTool } from '../parameters/asTool';
import type { ItemSource } from '../parameters/source';
import type { Submission } from '../parameters/submission';

/** A submission that knows the key under which it is billed at most once. */
export type SubmissionPlan = Submission & { idempotencyKey: string };

export function withKey(source: ItemSource, submission: Submission): SubmissionPlan {
	const { userKey } = submission;
	return { ...submission, idempotencyKey: userKey ?? derivedKey(source, submission) };
}

/**
 * The same for every attempt of this item in this execution, n8n's Retry On Fail included, and
 * different for any other: execution ids are only unique within one n8n. As a tool of an AI agent
 * n8n counts every attempt as a run of its own, so there it is what is asked for that counts.
 */
function derivedKey({ context, itemIndex }: ItemSource, submission: Submission): string {
	const { image, references, facts } = submission;
	const run: unknown = isTool(context)
		? JSON.stringify({ image, references, facts })
		: context.evaluateExpression('{{ $runIndex }}', itemIndex);
	const place = [context.getInstanceId(), context.getExecutionId(), context.getNode().id, run];
	const hash = createHash('sha256').update([...place, itemIndex].join('|'));
	return `n8n-${hash.digest('hex').slice(0, 40)}`;
}
