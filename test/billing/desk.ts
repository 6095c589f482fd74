import { makeKey } from '../../nodes/Runflow/billing/keys';
import type { Row } from '../../nodes/Runflow/billing/rows';
import type { Desk } from '../../nodes/Runflow/billing/types';
import type { Submission } from '../../nodes/Runflow/parameters/submission';

/** A node that evaluates at moment 0, in its first execution. */
export function deskOf(fields: Partial<Desk> = {}): Desk {
	return {
		executionId: '1',
		workflowName: 'Gate',
		nodeName: 'Runflow',
		runIndex: 0,
		isRetry: false,
		isTool: false,
		toolTries: 1,
		continues: false,
		store: {},
		account: { durationsMs: [] },
		log: { info: () => {}, warn: () => {} },
		today: () => 0,
		...fields,
	};
}

export function submissionOf(fields: Partial<Submission> = {}): Submission {
	return {
		image: 'https://images.example.com/a.png',
		references: [],
		facts: { task_type: 'headshot' },
		evaluateAgain: 'always',
		...fields,
	};
}

/** A row that anyone may ask, under the key that its question and ordinal make. */
export function rowOf(fields: Partial<Row> = {}): Row {
	const { asker = 'anyone', question = 'question', ordinal = { round: 0, index: 0 } } = fields;
	return {
		itemIndex: 0,
		submission: submissionOf(),
		asker,
		own: { execution: 'token' },
		question,
		ordinal,
		digests: new Map(),
		name: makeKey(asker, question, ordinal),
		facts: {
			...{ isShared: false, isForgotten: false, mayHaveAsked: false },
			...{ mayBeOlder: false, mayDiffer: false },
		},
		...fields,
	};
}
