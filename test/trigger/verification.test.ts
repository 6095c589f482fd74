/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { gzipSync } from 'node:zlib';

import {
	aboutEvaluation,
	deliver,
	finished,
	NO_SECRET,
	NOT_PASSED,
	PREVIOUS_SECRET,
	SECRET,
	sign,
} from '../../lab/scenario/deliver';
import type { Delivery } from '../../lab/scenario/deliver';
import { shareEmulator } from '../../lab/scenario/useEmulator';

const emulator = shareEmulator({ latency: 'manual' });

type Genuine = [name: string, make: (body: string) => Delivery];

const secrets = (callbackSecret: string, previousCallbackSecret = '') => ({
	credential: { callbackSecret, previousCallbackSecret },
});
const by = (secret: string, body: string) => ({ 'Runflow-Signature': sign(body, secret) });

const GENUINE: Genuine[] = [
	['signed with the current secret', (body) => ({ headers: by(SECRET, body) })],
	['signed with the previous secret', (body) => ({ headers: by(PREVIOUS_SECRET, body) })],
	[
		'signed with the only secret, set as the previous one',
		(body) => ({ headers: by(SECRET, body), ...secrets('', SECRET) }),
	],
	[
		'signed with a secret that was pasted with spaces around it',
		(body) => ({ headers: by(SECRET, body), ...secrets(` ${SECRET}\n`) }),
	],
	[
		'signed in upper-case digits',
		(body) => ({ headers: { 'Runflow-Signature': sign(body).toUpperCase() } }),
	],
	[
		'signed with sha256= in front',
		(body) => ({ headers: { 'Runflow-Signature': `sha256=${sign(body)}` } }),
	],
	[
		'of another content type',
		(body) => ({ headers: { ...by(SECRET, body), 'Content-Type': 'text/plain' } }),
	],
	[
		'of a content type that n8n leaves unread',
		(body) => ({ headers: { ...by(SECRET, body), 'Content-Type': 'application/octet-stream' } }),
	],
	[
		'of such a content type, compressed on the way',
		(body) => ({
			...{ body: gzipSync(body), contentEncoding: 'gzip' },
			headers: { ...by(SECRET, body), 'Content-Type': 'application/vnd.runflow+json' },
		}),
	],
	['of no content type', (body) => ({ headers: { ...by(SECRET, body), 'Content-Type': '' } })],
	[
		'compressed on the way',
		(body) => ({ body: gzipSync(body), headers: by(SECRET, body), contentEncoding: 'gzip' }),
	],
	[
		'written with a BOM',
		(body) => ({ body: `\uFEFF${body}`, headers: by(SECRET, `\uFEFF${body}`) }),
	],
];

it.each(GENUINE)('accepts a callback %s', async (_name, make) => {
	const body = `{ "id" :"${await finished(emulator)}",\n "note": "café 🖼" }`;
	const { response, items } = await deliver(emulator, { body, ...make(body) });
	expect([response.status, response.body]).toEqual([200, { received: true }]);
	expect(items?.[0]?.[0]?.json).toMatchObject({ verdict: 'passed', client_ref: 'row-1' });
});

it.each([
	['no callback secret is set in the credential', { credential: NO_SECRET }],
	['the Runflow-Signature header is missing', { headers: {} }],
	['the Runflow-Signature header is malformed', { headers: { 'Runflow-Signature': 'abc' } }],
	['the signature does not match', { headers: by('whsec_other', '') }],
	['the body is empty', { body: '', headers: by(SECRET, '') }],
])('says in the log of n8n that %s', async (why, change) => {
	const body = aboutEvaluation(await finished(emulator));
	const { response, items, logged } = await deliver(emulator, { body, ...change });
	expect([response.status, items]).toEqual([401, undefined]);
	expect(logged).toEqual([
		`warn: 'Runflow Trigger' in the workflow 'Test' refused a callback: ${why}`,
	]);
});

it('needs no secret in Lookup mode, and trusts nothing but the API', async () => {
	const id = await finished(emulator, NOT_PASSED);
	const { items } = await deliver(emulator, {
		body: JSON.stringify({ id, status_code: 'completed', overall_passed: true, cost: '0' }),
		...{ headers: {}, credential: NO_SECRET, parameters: { verification: 'lookup' } },
	});
	expect(items?.[0]?.[0]?.json).toMatchObject({ verdict: 'not_passed', cost: '0.400000' });
});

it('checks the signature for any other value of Verification', async () => {
	const body = aboutEvaluation(await finished(emulator));
	const parameters = { verification: 'none' };
	const { response } = await deliver(emulator, { body, headers: {}, parameters });
	expect(response.status).toBe(401);
});

it('checks the signature before it reads any other setting', async () => {
	const parameters = { options: { passCriterion: 'score' } };
	const { response } = await deliver(emulator, { body: '{}', headers: {}, parameters });
	expect(response.status).toBe(401);
});
