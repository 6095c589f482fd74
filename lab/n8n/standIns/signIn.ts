import type { N8nClient } from '../client';
import { createCredential, type CredentialReference } from '../credentials';
import { MICROSOFT_CODE } from './chatServices';
import { CONSENT_CODE } from './google';

const APP = { clientId: 'stand-in.apps.example', clientSecret: 'stand-in' };

/**
 * Makes a credential and signs in as the button in n8n does, without the page on which a person
 * agrees: n8n gets the code that the service would send it after that.
 */
async function signIn(
	client: N8nClient,
	[type, name]: [type: string, name: string],
	code: string,
): Promise<CredentialReference> {
	const credential = await createCredential(client, type, APP, name);
	const path = '/rest/oauth2-credential';
	const consentPage = String(await client.send('GET', `${path}/auth?id=${credential.id}`));
	const state = new URL(consentPage).searchParams.get('state') ?? '';
	const answer = new URLSearchParams({ code, state });
	await client.send('GET', `${path}/callback?${answer.toString()}`);
	return credential;
}

export const signInWithGoogle = async (client: N8nClient) =>
	await signIn(client, ['googleSheetsOAuth2Api', 'Google Sheets'], CONSENT_CODE);

export const signInWithMicrosoft = async (client: N8nClient) =>
	await signIn(client, ['microsoftTeamsOAuth2Api', 'Microsoft Teams'], MICROSOFT_CODE);
