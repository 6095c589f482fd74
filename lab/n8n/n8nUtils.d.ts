/* n8n's own code: its packages have types, but only for a newer module resolution. */

declare module '@n8n/utils/dist/search/sublime-search' {
	export function sublimeSearch<T extends object>(
		words: string,
		items: readonly T[],
	): Array<{ score: number; item: T }>;
}

declare module '@n8n/utils/dist/search/re-rank-search-results' {
	export function reRankSearchResults<T extends { key: string }>(
		found: Array<{ score: number; item: T }>,
		factors: Record<string, Record<string, number>>,
	): Array<{ score: number; item: T }>;
}

declare module '@n8n/ai-utilities/node-catalog' {
	import type { INodeTypeDescription } from 'n8n-workflow';

	export class NodeTypeParser {
		constructor(nodeTypes: INodeTypeDescription[]);
	}
	export class NodeSearchEngine {
		constructor(nodeTypes: object[]);
		searchByName(words: string, limit: number): Array<{ name: string }>;
	}
	export function formatNodeResult(parser: NodeTypeParser, nodeId: string): string | undefined;
}
