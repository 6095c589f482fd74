import type { N8nClient } from '../client';
import { createCredential, type CredentialReference } from '../credentials';
import { CONSENT_CODE } from './google';

/**
 * Makes a Google Sheets credential and signs in as the button in n8n does, without the page on
 * which a person agrees: n8n gets the code that Google would send it after that.
 */
export async function signInWithGoogle(client: N8nClient): Promise<CredentialReference> {
	const app = { clientId: 'stand-in.apps.googleusercontent.com', clientSecret: 'stand-in' };
	const credential = await createCredential(client, 'googleSheetsOAuth2Api', app, 'Google Sheets');
	const path = '/rest/oauth2-credential';
	const consentPage = String(await client.send('GET', `${path}/auth?id=${credential.id}`));
	const state = new URL(consentPage).searchParams.get('state') ?? '';
	const answer = new URLSearchParams({ code: CONSENT_CODE, state });
	await client.send('GET', `${path}/callback?${answer.toString()}`);
	return credential;
}
