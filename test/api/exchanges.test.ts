/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import path from 'node:path';

import {
	answer,
	CALLS,
	exchange,
	REFUSALS,
	SUCCESSES,
	UPLOADS,
	UPLOADS_AGAIN,
} from '../../lab/simulation/exchanges';
import type { Exchange, Settings } from '../../lab/simulation/exchanges';
import { expectRecorded } from '../../lab/simulation/record';

function told(title: string, { requests, attempt }: Exchange): string[] {
	const asked = requests.map((request) => `  asked: ${JSON.stringify(request)}`);
	return [title, ...asked, `  came of it: ${JSON.stringify(attempt)}`, ''];
}

it('records what every call asks and what comes of it when all is well', async () => {
	const lines: string[] = [];
	for (const [name, met] of SUCCESSES) lines.push(...told(name, await exchange(name, met)));
	for (const [title, met] of Object.entries(UPLOADS)) {
		lines.push(...told(`upload: ${title}`, await exchange('upload', met)));
	}
	for (const [title, met] of Object.entries(UPLOADS_AGAIN)) {
		lines.push(...told(`upload again: ${title}`, await exchange('upload', met, { before: 1 })));
	}
	expectRecorded(path.join(__dirname, 'recorded/successes.txt'), lines);
});

it('records what every call makes of every refusal', async () => {
	const lines: string[] = [];
	for (const [title, met] of Object.entries(REFUSALS)) {
		lines.push(title);
		for (const name of Object.keys(CALLS)) {
			const { attempt } = await exchange(name, [met]);
			lines.push(`  ${name}: ${JSON.stringify(attempt.ok ? attempt : attempt.failure)}`);
		}
	}
	expectRecorded(path.join(__dirname, 'recorded/refusals.txt'), lines);
});

it.each<[string, Settings]>([
	['insecureBaseUrl', { baseUrl: 'http://api.runflow.io' }],
	['unusableBaseUrl', { baseUrl: 'https://a:b@api.runflow.io' }],
	['unusableApiKey', { stray: 'a line break' }],
])('asks nothing with %s', async (kind, settings) => {
	const { requests, attempt } = await exchange('submit', [], settings);
	expect(requests).toEqual([]);
	const purpose = { subject: 'Evaluations', scope: 'evaluations:create', isSubmit: true };
	expect(attempt).toEqual({
		ok: false,
		failure: { kind, reaction: 'closed', purpose, said: settings.stray },
	});
});

it('tells a stopped execution from a failed request', async () => {
	const { attempt } = await exchange('get', [new Error('aborted')], { isStopped: true });
	expect(attempt).toMatchObject({ ok: false, failure: { kind: 'stopped', reaction: 'stopped' } });
});

it.each([
	[
		'submit',
		303,
		'/v1/evaluations/e-1',
		{ ok: true, value: { id: 'e-1', status_code: 'pending' } },
	],
	[
		'submit',
		202,
		'/v1/evaluations/e-1',
		{ ok: true, value: { id: 'e-1', status_code: 'pending' } },
	],
	['submit', 303, '/login', { ok: false, failure: { reaction: 'rejected', status: 303 } }],
	['submit', 302, '/v1/evaluations/e-1', { ok: false, failure: { reaction: 'rejected' } }],
	['get', 303, '/v1/evaluations/e-1', { ok: false, failure: { reaction: 'rejected' } }],
])('%s: a %i without a body that points to %s', async (name, status, location, expected) => {
	const { attempt } = await exchange(name, [answer(status, '', { location })]);
	expect(attempt).toMatchObject(expected);
});
