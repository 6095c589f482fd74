import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { passThrough, RUNFLOW_NODE, RUNFLOW_VERSION, runWorkflow } from '../../lab/engine';
import { dataTable } from '../../lab/engine/standInDataTable';
import { API_KEY } from '../../lab/scenario/account';
import { rows } from '../../lab/scenario/evaluate';
import { useEmulator } from '../../lab/scenario/useEmulator';

const emulator = useEmulator();

const node = (name: string, type: string, parameters: INodeParameters): INode => ({
	...{ id: name, name, type, typeVersion: 1, position: [0, 0], parameters },
});
const AUTOMATIC = { operation: 'insert', columns: { mappingMode: 'autoMapInputData' } };
const BY_HAND = { operation: 'insert', columns: { mappingMode: 'defineBelow', value: {} } };

/** What is written does not count here. */
const TABLE = { ...passThrough('dataTable'), description: dataTable([]).description };

async function judge(
	options: INodeParameters,
	table: INodeParameters,
	{ between = false, ...more }: { between?: boolean } & Partial<INode> = {},
) {
	const nodes = [
		{
			...node('Judge', RUNFLOW_NODE, {
				...{ resource: 'evaluation', operation: 'submitAndWait', taskType: 'headshot', options },
				generatedImageUrl: '={{ $json.url }}',
			}),
			...{ typeVersion: RUNFLOW_VERSION, ...more },
		},
		...(between ? [node('Between', 'n8n-nodes-base.noOp', {})] : []),
		node('Write', 'n8n-nodes-base.dataTable', table),
	];
	const to = (name = '') => ({ main: [[{ node: name, type: 'main' as const, index: 0 }]] });
	const connections = Object.fromEntries(
		nodes.slice(0, -1).map(({ name }, at) => [name, to(nodes[at + 1]?.name)]),
	);
	const { run } = await runWorkflow({
		...{ nodes, connections, input: rows(2) },
		nodeTypes: { 'n8n-nodes-base.dataTable': TABLE },
		credentials: { runflowApi: { apiKey: API_KEY, baseUrl: emulator.url } },
	});
	const { message, description } = Object(run.data.resultData.error) as IDataObject;
	return { message, description, submitted: emulator.ledger().submitted };
}

it.each<[string, INodeParameters]>([
	['lists', {}],
	['objects', { forTables: true, includeInput: true }],
])('%s are refused before they are paid for', async (_what, options) => {
	expect(await judge(options, AUTOMATIC)).toEqual({
		message: 'The Data Table after this node takes no lists and no objects',
		description:
			"'Write' maps all fields automatically. Map its columns by hand, or turn on 'For Tables' without 'Include Input Fields'. Nothing was submitted",
		submitted: 0,
	});
});

it.each<[string, INodeParameters, INodeParameters, Parameters<typeof judge>[2]]>([
	['with For Tables', { forTables: true }, AUTOMATIC, {}],
	['mapped by hand', {}, BY_HAND, {}],
	['behind another node', {}, AUTOMATIC, { between: true }],
	['that may keep errors alone', {}, AUTOMATIC, { onError: 'continueErrorOutput' }],
])('a table %s is written', async (_what, options, table, more) => {
	expect(await judge(options, table, more)).toEqual({ submitted: 2 });
});
