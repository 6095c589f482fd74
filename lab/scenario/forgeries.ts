/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createHash, createHmac } from 'node:crypto';
import { deflateSync, gzipSync } from 'node:zlib';

import { API_KEY, fullWidth, NO_SECRET, SECRET, sign } from './deliver';
import type { Delivery } from './deliver';

/** A genuine callback that somebody has seen, and an evaluation it is not about. */
export interface Known {
	body: string;
	otherId: string;
}

type Forgery = [name: string, forge: (known: Known) => Delivery];

const signedWith = (signature: string, body: string | Buffer): Delivery => ({
	body,
	headers: { 'Runflow-Signature': signature },
});

/** The body of the genuine callback under another signature, made from the right one. */
const signature = (name: string, change: (right: string, body: string) => string): Forgery => [
	`signature: ${name}`,
	({ body }) => signedWith(change(sign(body), body), body),
];

/** The right signature of the genuine callback over another body. */
const replay = (name: string, change: (known: Known) => string | Buffer): Forgery => [
	`replay: ${name}`,
	(known) => signedWith(sign(known.body), change(known)),
];

const flipped = (digit: string) => (digit === '0' ? '1' : '0');
const hmac = (algorithm: string, body: string) =>
	createHmac(algorithm, SECRET).update(body).digest('hex');

/** Requests that a trigger which checks signatures must refuse without asking the API anything. */
export const FORGERIES: Forgery[] = [
	['signature: none', ({ body }) => ({ body, headers: {} })],
	signature('empty', () => ''),
	signature('without its last digit', (right) => right.slice(0, -1)),
	signature('without its first digit', (right) => right.slice(1)),
	signature('first half', (right) => right.slice(0, 32)),
	signature('one digit too long', (right) => `${right}0`),
	signature('twice', (right) => right + right),
	signature('sent in two headers', (right) => `${right}, ${right}`),
	signature('behind a wrong one', (right) => `${'0'.repeat(64)},${right}`),
	signature('with sha1=', (right) => `sha1=${right}`),
	signature('with sha256= twice', (right) => `sha256=sha256=${right}`),
	signature('with t= and v1=', (right) => `t=1790000000,v1=${right}`),
	signature('with 0x', (right) => `0x${right.slice(2)}`),
	signature('in quotes', (right) => `"${right}"`),
	signature('in base64', (right) => Buffer.from(right, 'hex').toString('base64')),
	signature('a letter beyond f', (right) => `g${right.slice(1)}`),
	signature('full-width digits', (right) => fullWidth(right)),
	signature('zeros', () => '0'.repeat(64)),
	signature('first digit changed', (right) => flipped(right.charAt(0)) + right.slice(1)),
	signature('last digit changed', (right) => right.slice(0, -1) + flipped(right.slice(-1))),
	signature('backwards', (right) => [...right].reverse().join('')),
	signature('a million digits', () => 'a'.repeat(1_000_000)),
	signature('of an empty body', () => sign('')),
	signature('of the parsed and printed body', (_, body) => sign(JSON.stringify(JSON.parse(body)))),
	signature('by another secret', (_, body) => sign(body, 'whsec_other')),
	signature('by an empty secret', (_, body) => sign(body, '')),
	signature('by the word undefined', (_, body) => sign(body, 'undefined')),
	signature('by the API key', (_, body) => sign(body, API_KEY)),
	signature('by the secret without its prefix', (_, body) => sign(body, SECRET.slice(6))),
	signature('by half of the secret', (_, body) => sign(body, SECRET.slice(0, 8))),
	signature('by both secrets in one', (_, body) => sign(body, `${SECRET}whsec_previous`)),
	signature('without a key', (_, body) => createHash('sha256').update(body).digest('hex')),
	signature('secret put in front of the body', (_, body) =>
		createHash('sha256')
			.update(SECRET + body)
			.digest('hex'),
	),
	signature('HMAC-MD5', (_, body) => hmac('md5', body)),
	signature('HMAC-SHA1', (_, body) => hmac('sha1', body)),
	signature('HMAC-SHA512', (_, body) => hmac('sha512', body)),
	signature('HMAC-SHA512, cut', (_, body) => hmac('sha512', body).slice(0, 64)),
	['signature: in X-Signature', ({ body }) => ({ body, headers: { 'X-Signature': sign(body) } })],
	[
		'signature: in the query',
		({ body }) => ({ body, headers: {}, query: { 'runflow-signature': sign(body) } }),
	],
	[
		'signature: in the body',
		({ body }) => ({
			body: `${body.slice(0, -1)},"runflow-signature":"${sign(body)}"}`,
			headers: {},
		}),
	],
	replay('one byte changed', ({ body }) => body.replace('0.61', '0.62')),
	replay('a line break added', ({ body }) => `${body}\n`),
	replay('a space added', ({ body }) => body.replace(':', ': ')),
	replay('a BOM added', ({ body }) => `\uFEFF${body}`),
	replay('a zero byte added', ({ body }) => `${body}\0`),
	replay('é in two code points', ({ body }) => body.normalize('NFD')),
	replay('in Latin-1', ({ body }) => Buffer.from(body, 'latin1')),
	replay('in UTF-16', ({ body }) => Buffer.from(body, 'utf16le')),
	replay('cut', ({ body }) => body.slice(0, -1)),
	replay('nothing left', () => ''),
	replay('another evaluation', ({ otherId }) => JSON.stringify({ id: otherId })),
	replay('a second id', ({ body, otherId }) => `${body.slice(0, -1)},"id":"${otherId}"}`),
	[
		'replay: as a form',
		({ body }) => ({
			body: `payload=${encodeURIComponent(body)}`,
			headers: {
				'Runflow-Signature': sign(body),
				'Content-Type': 'application/x-www-form-urlencoded',
			},
		}),
	],
	[
		'replay: as a multipart form',
		({ body }) => ({
			body: `--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n${body}\r\n--x--`,
			headers: {
				'Runflow-Signature': sign(body),
				'Content-Type': 'multipart/form-data; boundary=x',
			},
		}),
	],
	['an empty body, signed', () => signedWith(sign(''), '')],
	[
		'gzip, signed as compressed',
		({ body }) => ({
			...signedWith(sign(gzipSync(body)), gzipSync(body)),
			contentEncoding: 'gzip',
		}),
	],
	[
		'deflate, signed for another body',
		({ body, otherId }) => ({
			...signedWith(sign(body), deflateSync(JSON.stringify({ id: otherId }))),
			contentEncoding: 'deflate',
		}),
	],
	['gzip that is none', ({ body }) => ({ body, contentEncoding: 'gzip' })],
	['no secret set', ({ body }) => ({ body, credential: NO_SECRET })],
	[
		'no secret set, signed by nothing',
		({ body }) => ({ ...signedWith(sign(body, ''), body), credential: NO_SECRET }),
	],
	[
		'blank secrets, signed by a blank',
		({ body }) => ({
			...signedWith(sign(body, ' '), body),
			credential: { callbackSecret: ' ', previousCallbackSecret: ' ' },
		}),
	],
	[
		'signed by a secret that was replaced',
		({ body }) => ({
			...signedWith(sign(body, SECRET), body),
			credential: { callbackSecret: 'whsec_new', previousCallbackSecret: '' },
		}),
	],
];
