import type { JsonRecord } from '../read';
import { itemsNode, MANUAL_TRIGGER, rowOfNodes, runflowNode } from '../workflowFile';
import type { NodeSketch } from '../workflowFile';

const FILES = ['vase.jpg', 'camera-blurred.jpg', 'anna.jpg', 'mug-dark.jpg', 'broken-link.jpg'];
const ROWS = FILES.map((file) => ({
	image_url: `https://images.example.com/${file}`,
	task_type: file === 'anna.jpg' ? 'headshot' : 'product_photography',
}));
const BRANCHES = ['Ask a Person', 'Tell the Team', 'Publish'];

interface GateOptions {
	emptyTaskTypeOfItem?: number;
	rows?: JsonRecord[];
}

/**
 * Images, judged with one branch for each verdict. When no rows are given there are five, of which
 * two pass and one is missing.
 */
export function gateFile({ emptyTaskTypeOfItem = -1, rows = ROWS }: GateOptions = {}): JsonRecord {
	const taskType =
		emptyTaskTypeOfItem < 0
			? '={{ $json.task_type }}'
			: `={{ $itemIndex === ${emptyTaskTypeOfItem} ? "" : $json.task_type }}`;
	const judge = judgeNode({ taskType, splitByVerdict: true });
	const row = rowOfNodes('Gate', [MANUAL_TRIGGER, imagesNode(rows), judge]);
	const branches = rowOfNodes(
		'Branches',
		BRANCHES.map((name) => ({ name, type: 'n8n-nodes-base.noOp' })),
	);
	const branchNodes = [branches.nodes].flat().map((node, index) => ({
		...Object(node),
		id: `branch-${index}`,
		position: [760, (index - 1) * 180],
	}));
	return {
		...row,
		nodes: [row.nodes, branchNodes].flat(),
		connections: {
			...Object(row.connections),
			Judge: { main: BRANCHES.map((node) => [{ node, type: 'main', index: 0 }]) },
		},
	};
}

/** The same five images, judged and summed up. */
export function reportFile(): JsonRecord {
	const report = runflowNode('Report', 'createReport', { title: 'Nightly audit' });
	const judge = judgeNode({ taskType: '={{ $json.task_type }}' });
	return rowOfNodes('Report', [MANUAL_TRIGGER, imagesNode(ROWS), judge, report]);
}

/** One node to be opened before anything ran; its task type is an expression. */
export function panelFile(parameters: JsonRecord): JsonRecord {
	const judge = judgeNode({ taskType: '={{ $json.task_type }}', ...parameters });
	return rowOfNodes('Panel', [MANUAL_TRIGGER, imagesNode(ROWS), judge]);
}

const imagesNode = (rows: JsonRecord[]): NodeSketch => ({ ...itemsNode(rows), name: 'Images' });

const judgeNode = (parameters: JsonRecord): NodeSketch =>
	runflowNode('Judge', 'submitAndWait', {
		generatedImageUrl: '={{ $json.image_url }}',
		...parameters,
	});
