/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import path from 'node:path';

import { exchange, REFUSALS, UPLOADS } from '../../lab/simulation/exchanges';
import { expectRecorded } from '../../lab/simulation/record';
import type { ApiFailure } from '../../nodes/Runflow/api/attempt';
import { unrelatedFailure } from '../../nodes/Runflow/api/failure';
import * as batch from '../../nodes/Runflow/messages/batch';
import { describeFailure } from '../../nodes/Runflow/messages/failure';
import { describeRefusal } from '../../nodes/Runflow/messages/budget';
import type { OverBudget, Refusal } from '../../nodes/Runflow/messages/budget';
import type { Message } from '../../nodes/Runflow/messages/message';

const READ = { subject: 'Evaluation', id: 'e-1' };
const ids = (count: number) => Array.from({ length: count }, (_, index) => `e-${index}`);
const of = (failure: Partial<ApiFailure>): ApiFailure => ({
	kind: 'answer',
	reaction: 'closed',
	purpose: READ,
	...failure,
});

const FAILURES: Record<string, ApiFailure> = {
	'a balance that is known': of({
		status: 402,
		said: 'No',
		funds: { price: '0.4', balance: '0.1' },
	}),
	'a price that is known': of({ status: 402, funds: { price: '0.4' } }),
	'a file': of({ kind: 'file' }),
	'another evaluation': unrelatedFailure('e-1', 'retry'),
	'a stopped execution': of({ kind: 'stopped' }),
	'an insecure address': of({ kind: 'insecureBaseUrl' }),
	'an unusable address': of({ kind: 'unusableBaseUrl' }),
	'a proxy in the way': of({ kind: 'exposedApiKey', said: '127.0.0.1' }),
	'a proxy in the way of this machine': of({ kind: 'exposedApiKey' }),
	'an unusable key': of({ kind: 'unusableApiKey', said: 'a line break' }),
	'an unusable key, nobody knows why': of({ kind: 'unusableApiKey' }),
	'n8n blocks it, nobody knows why': of({ kind: 'network', obstacle: 'blocked' }),
	'a certificate without a code': of({ kind: 'network', obstacle: 'certificate' }),
};

const OVER: OverBudget = {
	kind: 'overBudget',
	rows: 3,
	prices: ['0.4', '1'],
	total: '1.8',
	limit: '1',
	isPartial: false,
};

const LIMITS: Array<[string, Refusal]> = [
	['one row over budget', { ...OVER, rows: 1, prices: ['0.4'], total: '0.4' }],
	['rows over budget', OVER],
	['rows over budget later', { ...OVER, spent: '0.8' }],
	['the next over budget', { ...OVER, rows: 1, total: '0.4', spent: '0.8', isPartial: true }],
	['no price', { kind: 'unknownPrice' }],
];

function line(title: string, { message, description }: Message): string {
	return `${title}\n  ${message}\n  ${description}`;
}

it('records the words for every refusal of a submit, of a look and of a list', async () => {
	const lines: string[] = [];
	for (const [title, met] of Object.entries(REFUSALS)) {
		for (const name of ['submit', 'get', 'jobClasses']) {
			const { attempt } = await exchange(name, [met]);
			if (!attempt.ok) lines.push(line(`${name}: ${title}`, describeFailure(attempt.failure)));
		}
	}
	for (const [title, met] of Object.entries(UPLOADS)) {
		const { attempt } = await exchange('upload', met);
		if (!attempt.ok) lines.push(line(`upload: ${title}`, describeFailure(attempt.failure)));
	}
	for (const [title, failure] of Object.entries(FAILURES)) {
		lines.push(line(title, describeFailure(failure)));
	}
	expectRecorded(path.join(__dirname, 'recorded/failures.txt'), lines);
});

it('records the words about batches', () => {
	const { timeoutMessage, paidNote, standingNote, foundNote } = batch;
	const three = { total: 3, seconds: 600 };
	const standing = { judged: 2, underWay: 0, unheard: 0, left: 3 };
	const lines = [
		line('a result that cannot be read', batch.UNREADABLE_RESULT),
		line('one, ours, in time 1', timeoutMessage(ids(1), { total: 1, seconds: 1, isOurs: true })),
		line('one of three, ours', timeoutMessage(ids(1), { ...three, isOurs: true })),
		line('two of three, by id', timeoutMessage(ids(2), { ...three, isOurs: false })),
		...[0, 1, 2, 50, 51].map((count) => `${count} paid: ${paidNote(ids(count))}`),
		`${standingNote(standing)}`,
		`${standingNote({ ...standing, underWay: 1, unheard: 1, costOfTheRest: '1.2' })}`,
		`a single one: ${standingNote({ judged: 0, underWay: 0, unheard: 0, left: 1 })}`,
		line(
			'an outage',
			timeoutMessage(ids(2), {
				...three,
				isOurs: true,
				outage: { message: 'Down', description: '' },
			}),
		),
		...[0, 1, 2].map((count) => `${count} found: ${foundNote(count)}`),
		...LIMITS.map(([title, refusal]) => line(title, describeRefusal(refusal))),
		...[true, false].flatMap((canBePinned) =>
			[true, false].map((areAddresses) => batch.buildingNote(canBePinned, areAddresses)),
		),
	];
	expectRecorded(path.join(__dirname, 'recorded/batches.txt'), lines);
});
