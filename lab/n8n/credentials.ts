import type { N8nClient } from './client';
import { readOptionalString, readRecord, readString, type JsonRecord } from './read';

export interface CredentialReference {
	id: string;
	name: string;
	type: string;
}

export interface CredentialTestResult {
	status: string;
	message?: string;
}

/** Creates a credential of the given type. */
export async function createCredential(
	client: N8nClient,
	type: string,
	data: JsonRecord,
	name = type,
): Promise<CredentialReference> {
	const answer = await client.send('POST', '/rest/credentials', { name, type, data });
	return { id: readString(readRecord(answer, 'credential'), 'id'), name, type };
}

/** Does what the editor does when somebody saves a credential: runs its test. */
export async function testCredential(
	client: N8nClient,
	credential: CredentialReference,
	data: JsonRecord,
): Promise<CredentialTestResult> {
	const body = { credentials: { ...credential, data } };
	const answer = readRecord(await client.send('POST', '/rest/credentials/test', body), 'test');
	return { status: readString(answer, 'status'), message: readOptionalString(answer, 'message') };
}
