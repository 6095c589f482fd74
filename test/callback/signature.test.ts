import { createHmac } from 'node:crypto';

import { secretsIn } from '../../nodes/Runflow/callback/secrets';
import { findHeaderProblem, findSignatureProblem } from '../../nodes/Runflow/callback/signature';

const BODY = Buffer.from('{"id":"e1"}');
const sign = (secret: string, body = BODY) =>
	createHmac('sha256', secret).update(body).digest('hex');
const GOOD = sign('new');
const MALFORMED = 'the Runflow-Signature header is malformed';

it.each([
	['of the current secret', GOOD],
	['of the previous secret', sign('old')],
	['in upper case', GOOD.toUpperCase()],
	['with the usual prefix', `sha256=${GOOD}`],
	['with the prefix in upper case', `SHA256=${GOOD}`],
])('takes a signature %s', (_, header) => {
	expect(findHeaderProblem(header)).toBeUndefined();
	expect(findSignatureProblem(BODY, header, ['new', 'old'])).toBeUndefined();
});

it.each([
	['is missing', undefined, 'the Runflow-Signature header is missing'],
	['is no text', [GOOD], MALFORMED],
	['is empty', '', MALFORMED],
	['is one digit short', GOOD.slice(1), MALFORMED],
	['has a digit too many', `${GOOD}0`, MALFORMED],
	['has something before it', `x${GOOD}`, MALFORMED],
	['has another prefix', `sha1=${GOOD}`, MALFORMED],
	['has no hex digits', 'g'.repeat(64), MALFORMED],
])('refuses a callback whose header %s', (_, header, problem) => {
	expect(findHeaderProblem(header)).toBe(problem);
	expect(findSignatureProblem(BODY, header, ['new'])).toBe(problem);
});

it.each([
	['without a secret', BODY, GOOD, [], 'no callback secret is set in the credential'],
	['without a body', Buffer.alloc(0), sign('new', Buffer.alloc(0)), ['new'], 'the body is empty'],
	['of another body', Buffer.from('{}'), GOOD, ['new'], 'the signature does not match'],
	['of another secret', BODY, sign('other'), ['new', 'old'], 'the signature does not match'],
])('refuses a callback %s', (_, body, header, secrets, problem) => {
	expect(findSignatureProblem(body, header, secrets)).toBe(problem);
});

it.each([
	[{ callbackSecret: ' new ', previousCallbackSecret: 'old' }, ['new', 'old']],
	[{ callbackSecret: 'new', previousCallbackSecret: '' }, ['new']],
	[{ callbackSecret: '  ', previousCallbackSecret: 'old' }, ['old']],
	[{ callbackSecret: 7 }, []],
	[{}, []],
])('the secrets of %j are %j', (credential, secrets) => {
	expect(secretsIn(credential)).toEqual(secrets);
});
