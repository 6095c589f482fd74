import type { INodeParameters } from 'n8n-workflow';

/** An exported workflow: CSV in, one field added to every row, CSV out. */
export function csvWorkflow() {
	const steps: Array<[name: string, type: string, parameters: INodeParameters]> = [
		['Start', 'manualTrigger', {}],
		['Read', 'readWriteFile', { fileSelector: '/files/in.csv', options: {} }],
		['Rows', 'extractFromFile', { options: {} }],
		['Edit', 'set', { assignments: { assignments: [sumAssignment()] }, includeOtherFields: true }],
		['File', 'convertToFile', { operation: 'csv', options: { fileName: 'out.csv' } }],
		['Write', 'readWriteFile', { operation: 'write', fileName: '/files/out.csv' }],
	];
	const nodes = steps.map(([name, type, parameters]) => ({
		id: name,
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion: 3.4,
		position: [0, 0],
		parameters,
	}));
	const connections = Object.fromEntries(
		steps
			.slice(1)
			.map(([node], index) => [steps[index]?.[0], { main: [[{ node, type: 'main', index: 0 }]] }]),
	);
	return { nodes, connections };
}

function sumAssignment() {
	return { id: '1', name: 'deep.sum', value: '={{ Number($json.a) + 1 }}', type: 'number' };
}
