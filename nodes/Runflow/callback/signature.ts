import { createHmac, timingSafeEqual } from 'node:crypto';

const SIGNATURE = /^(?:sha256=)?([0-9a-f]{64})$/i;

/** Why a callback is not to be trusted, for the log of n8n; undefined when it is. */
export type SignatureProblem =
	| 'no callback secret is set in the credential'
	| 'the body is empty'
	| 'the Runflow-Signature header is missing'
	| 'the Runflow-Signature header is malformed'
	| 'the signature does not match';

/** What can be said against a callback before its body and the secrets are read. */
export function findHeaderProblem(header: unknown): SignatureProblem | undefined {
	if (header === undefined) return 'the Runflow-Signature header is missing';
	return readSignature(header) ? undefined : 'the Runflow-Signature header is malformed';
}

/**
 * Checks that a callback was signed with one of the secrets: the header `Runflow-Signature` is the
 * HMAC-SHA256 of the raw body in 64 hex digits, with the whole secret text as the key
 * (docs.runflow.io/guides/verify-callback-signatures). Runflow writes lower-case digits and nothing
 * else; upper case and the usual `sha256=` in front prove just as much. Compares in constant time.
 * None of the secrets may be empty.
 */
export function findSignatureProblem(
	rawBody: Buffer,
	header: unknown,
	secrets: string[],
): SignatureProblem | undefined {
	if (secrets.length === 0) return 'no callback secret is set in the credential';
	const signature = readSignature(header);
	if (signature === undefined) return findHeaderProblem(header);
	if (rawBody.length === 0) return 'the body is empty';
	const given = Buffer.from(signature, 'hex');
	const matches = secrets.filter((secret) => {
		const expected = createHmac('sha256', secret).update(rawBody).digest();
		return timingSafeEqual(given, expected);
	});
	return matches.length > 0 ? undefined : 'the signature does not match';
}

/** The hex digits of a signature; undefined when the header has another form. */
function readSignature(header: unknown): string | undefined {
	return typeof header === 'string' ? SIGNATURE.exec(header)?.[1] : undefined;
}
