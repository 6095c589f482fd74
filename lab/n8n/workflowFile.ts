import { RUNFLOW_NODE, RUNFLOW_VERSION } from '../engine/names';
import type { JsonRecord } from './read';

const COLUMN_WIDTH = 220;

export interface NodeSketch {
	name: string;
	type: string;
	typeVersion?: number;
	parameters?: JsonRecord;
	/** More of the node's fields, such as `onError` or `credentials`. */
	extra?: JsonRecord;
}

export const MANUAL_TRIGGER: NodeSketch = {
	name: 'Start',
	type: 'n8n-nodes-base.manualTrigger',
};

/** A Code node that puts out the given objects as items. */
export function itemsNode(items: JsonRecord[]): NodeSketch {
	return {
		name: 'Items',
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		parameters: { jsCode: `return ${JSON.stringify(items)}.map((json) => ({ json }));` },
	};
}

/** A Runflow node. */
export function runflowNode(
	name: string,
	operation: string,
	parameters: JsonRecord = {},
	extra: JsonRecord = {},
): NodeSketch {
	return {
		name,
		type: RUNFLOW_NODE,
		typeVersion: RUNFLOW_VERSION,
		parameters: { resource: 'evaluation', operation, ...parameters },
		extra,
	};
}

/** A workflow whose nodes stand in a row, each connected to the next by its first output. */
export function rowOfNodes(name: string, sketches: NodeSketch[]): JsonRecord {
	const nodes = sketches.map((sketch, index) => ({
		id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
		name: sketch.name,
		type: sketch.type,
		typeVersion: sketch.typeVersion ?? 1,
		position: [index * COLUMN_WIDTH, 0],
		parameters: sketch.parameters ?? {},
		...sketch.extra,
	}));
	const connections = Object.fromEntries(
		sketches.slice(0, -1).map((sketch, index) => {
			const next = sketches[index + 1]?.name;
			return [sketch.name, { main: [[{ node: next, type: 'main', index: 0 }]] }];
		}),
	);
	return { name, nodes, connections, settings: { executionOrder: 'v1' } };
}
