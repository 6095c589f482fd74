import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { readCredential } from '../api/credential';

/** The callback secrets of the credential, the current one first; those that are not set left out. */
export async function readSecrets(context: IWebhookFunctions | IHookFunctions): Promise<string[]> {
	const { callbackSecret, previousCallbackSecret } = await readCredential(context);
	return [callbackSecret, previousCallbackSecret]
		.map((secret) => (typeof secret === 'string' ? secret.trim() : ''))
		.filter((secret) => secret !== '');
}
