import { createHmac, timingSafeEqual } from 'node:crypto';

const SIGNATURE = /^[0-9a-f]{64}$/;

/** Why a callback is not to be trusted, for the log of n8n; undefined when it is. */
export type SignatureProblem =
	| 'no callback secret is set in the credential'
	| 'the body is empty'
	| 'the Runflow-Signature header is missing'
	| 'the Runflow-Signature header is malformed'
	| 'the signature does not match';

/**
 * Checks that a callback was signed with one of the secrets: the header `Runflow-Signature` is the
 * HMAC-SHA256 of the raw body in 64 lower-case hex digits, with the whole secret text as the key
 * (docs.runflow.io/guides/verify-callback-signatures). Compares in constant time. None of the
 * secrets may be empty.
 */
export function findSignatureProblem(
	rawBody: Buffer,
	header: unknown,
	secrets: string[],
): SignatureProblem | undefined {
	if (secrets.length === 0) return 'no callback secret is set in the credential';
	if (rawBody.length === 0) return 'the body is empty';
	if (header === undefined) return 'the Runflow-Signature header is missing';
	if (typeof header !== 'string' || !SIGNATURE.test(header)) {
		return 'the Runflow-Signature header is malformed';
	}
	const given = Buffer.from(header, 'hex');
	const matches = secrets.filter((secret) =>
		timingSafeEqual(given, createHmac('sha256', secret).update(rawBody).digest()),
	);
	return matches.length > 0 ? undefined : 'the signature does not match';
}
