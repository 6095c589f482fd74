import type { AccountMemory } from '../waiting/batch';

const MOST_ACCOUNTS = 50;

const accounts = new Map<string, AccountMemory>();

/** What earlier batches of this process learned of the account of a credential, by its id. */
export function accountMemory(credentialId: string | undefined): AccountMemory {
	if (!credentialId) return { durationsMs: [] };
	const memory = accounts.get(credentialId) ?? { durationsMs: [] };
	accounts.delete(credentialId);
	accounts.set(credentialId, memory);
	const [oldest] = accounts.keys();
	if (accounts.size > MOST_ACCOUNTS && oldest !== undefined) accounts.delete(oldest);
	return memory;
}
