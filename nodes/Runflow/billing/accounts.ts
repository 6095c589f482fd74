import type { AccountMemory } from '../waiting/batch';

/** What this process learned of an account. */
export interface Account extends AccountMemory {
	/** The account whose times of evaluations were seen to agree with the clock of its answers. */
	timesAgreeAt?: string;
}

const MOST_ACCOUNTS = 50;

const accounts = new Map<string, Account>();

/** What earlier batches of this process learned of the account of a credential, by its id. */
export function accountMemory(credentialId: string | undefined): Account {
	if (!credentialId) return { durationsMs: [] };
	const memory = accounts.get(credentialId) ?? { durationsMs: [] };
	accounts.delete(credentialId);
	accounts.set(credentialId, memory);
	const [oldest] = accounts.keys();
	if (accounts.size > MOST_ACCOUNTS && oldest !== undefined) accounts.delete(oldest);
	return memory;
}
