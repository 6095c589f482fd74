import { SUBMIT_WITH_FILES_LIMIT_MS } from '../api/policy';
import type { RunflowClient } from '../api/client';
import type { BatchItem, Job, Look } from '../waiting/batch';
import type { Claims } from './claims';
import type { Plan } from './evaluate';
import type { Row } from './rows';
import type { Submitter } from './submitter';

/** A light look at an evaluation; an answer about something else is none. */
export function lookWith(client: RunflowClient, claims: Claims): Look {
	return async (id, timeoutMs) => claims.check(await client.get(id, { timeoutMs }));
}

/** What the scheduler is to do for one item. */
export function batchItem(
	index: number,
	{ evaluationId = '', shape: { embed } }: Plan,
	row: Row | undefined,
	client: RunflowClient,
	submitter: Submitter,
): BatchItem {
	const { claims } = submitter;
	return {
		index,
		job: row === undefined ? { id: evaluationId } : jobFor(row, submitter),
		...(embed.length > 0 && {
			fetchDetails: async (id, timeoutMs) =>
				claims.check(await client.get(id, { embed, timeoutMs })),
		}),
	};
}

/** Files go up within the submit. */
function jobFor(row: Row, submitter: Submitter): Job {
	const submit = async () => await submitter.submit(row);
	return row.digests.size > 0 ? { submit, limitMs: SUBMIT_WITH_FILES_LIMIT_MS } : { submit };
}
