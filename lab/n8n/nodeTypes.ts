import type { N8nClient } from './client';
import { readOptionalString, readRecords, type JsonRecord } from './read';

/** The description of every node type that n8n has loaded, as the editor gets it. */
export async function listNodeTypes(client: N8nClient): Promise<JsonRecord[]> {
	return readRecords(await client.send('GET', '/types/nodes.json'), 'node types');
}

/** The credential types that each node type can use, by node type. */
export function credentialTypesByNodeType(nodeTypes: JsonRecord[]): Map<string, Set<string>> {
	const byNodeType = new Map<string, Set<string>>();
	for (const nodeType of nodeTypes) {
		const name = readOptionalString(nodeType, 'name');
		if (name === undefined) continue;
		const known = byNodeType.get(name) ?? new Set<string>();
		for (const credential of readRecords(nodeType.credentials ?? [], 'credentials')) {
			const type = readOptionalString(credential, 'name');
			if (type !== undefined) known.add(type);
		}
		byNodeType.set(name, known);
	}
	return byNodeType;
}
