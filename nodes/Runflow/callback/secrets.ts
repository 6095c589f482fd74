import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { readCredential } from '../api/credential';
import { findSignatureProblem } from './signature';
import type { SignatureProblem } from './signature';

/** The callback secrets of the credential, the current one first; those that are not set left out. */
export async function readSecrets(context: IWebhookFunctions | IHookFunctions): Promise<string[]> {
	const { callbackSecret, previousCallbackSecret } = await readCredential(context);
	return [callbackSecret, previousCallbackSecret]
		.map((secret) => (typeof secret === 'string' ? secret.trim() : ''))
		.filter((secret) => secret !== '');
}

/** Why this callback is not to be trusted; undefined when one of the secrets signed it. */
export function checkSignature(
	context: IWebhookFunctions,
	rawBody: Buffer,
	secrets: string[],
): SignatureProblem | undefined {
	const headers: Record<string, unknown> = { ...context.getHeaderData() };
	return findSignatureProblem(rawBody, headers['runflow-signature'], secrets);
}
