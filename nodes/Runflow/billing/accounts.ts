import type { AccountMemory } from '../waiting/batch';

const MOST_ACCOUNTS = 50;

const known = new Map<string, AccountMemory>();

/** What earlier batches of this process learned of the account of a credential, by its id. */
export function accountMemory(credentialId: string | undefined): AccountMemory {
	if (!credentialId) return { durationsMs: [] };
	const memory = known.get(credentialId) ?? { durationsMs: [] };
	known.delete(credentialId);
	known.set(credentialId, memory);
	const [oldest] = known.keys();
	if (known.size > MOST_ACCOUNTS && oldest !== undefined) known.delete(oldest);
	return memory;
}
