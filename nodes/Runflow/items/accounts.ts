import type { IExecuteFunctions } from 'n8n-workflow';

import type { AccountMemory } from '../waiting/batch';

const MOST_ACCOUNTS = 50;

const known = new Map<string, AccountMemory>();

/** What earlier batches of this process learned of the account of the node's credential. */
export function accountOf(context: IExecuteFunctions): AccountMemory {
	const { id } = context.getNode().credentials?.runflowApi ?? {};
	if (!id) return { durationsMs: [] };
	const memory = known.get(id) ?? { durationsMs: [] };
	known.delete(id);
	known.set(id, memory);
	const [oldest] = known.keys();
	if (known.size > MOST_ACCOUNTS && oldest !== undefined) known.delete(oldest);
	return memory;
}
