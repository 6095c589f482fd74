import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** The callback secrets of the credential, the current one first; those that are not set left out. */
export function secretsIn(credential: ICredentialDataDecryptedObject): string[] {
	const { callbackSecret, previousCallbackSecret } = credential;
	return [callbackSecret, previousCallbackSecret]
		.map((secret) => (typeof secret === 'string' ? secret.trim() : ''))
		.filter((secret) => secret !== '');
}
