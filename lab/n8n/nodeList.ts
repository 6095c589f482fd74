/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureN8n } from './install';
import { isRecord, readRecords, readString, type JsonRecord } from './read';

const TARGET = join(__dirname, 'nodeList.json');
const PACKAGES = ['n8n-nodes-base', '@n8n/n8n-nodes-langchain'];

/**
 * What n8n's searches know of a node: its id, its name, its popularity from 0 to 1, its aliases, and
 * whether the editor lists it; the search of n8n's AI builder knows triggers besides.
 */
type ListedNode = [
	id: string,
	displayName: string,
	popularity: number,
	aliases: string[],
	inEditor: boolean,
];

function readJson(path: string): JsonRecord[] {
	return readRecords(JSON.parse(readFileSync(path, 'utf8')), path);
}

function aliasesOf({ codex }: JsonRecord): string[] {
	const alias = isRecord(codex) ? codex.alias : undefined;
	return Array.isArray(alias) ? alias.map(String) : [];
}

/** A trigger that belongs to a node is listed as that node. */
function isListed(id: string, node: JsonRecord, nodes: Map<string, JsonRecord>): boolean {
	const isTrigger = Array.isArray(node.group) && node.group.includes('trigger');
	return !(isTrigger && nodes.has(id.replace(/Trigger$/, '')));
}

/** Writes down the nodes of the n8n under test as its node search sees them. */
async function main(): Promise<void> {
	const { directory } = await ensureN8n();
	const modules = join(directory, 'node_modules');
	const popularity = new Map(
		readJson(join(modules, 'n8n-editor-ui', 'data', 'node-popularity.json')).map((node) => [
			readString(node, 'id'),
			Number(node.popularity),
		]),
	);
	const nodes = new Map<string, JsonRecord>();
	for (const name of PACKAGES) {
		for (const node of readJson(join(modules, name, 'dist', 'types', 'nodes.json'))) {
			nodes.set(`${name}.${readString(node, 'name')}`, node);
		}
	}
	const shown = [...nodes].filter(([, node]) => node.hidden !== true);
	const list = shown.map(([id, node]): ListedNode => [
		id,
		readString(node, 'displayName'),
		popularity.get(id) ?? 0,
		aliasesOf(node),
		isListed(id, node, nodes),
	]);
	const lines = list.map((node) => JSON.stringify(node));
	writeFileSync(TARGET, `[\n${lines.join(',\n')}\n]\n`);
}

void main();
