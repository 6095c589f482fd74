import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { runNode } from '../engine';
import type { NodeRun, RunNodeOptions } from '../engine';
import { API_KEY } from './account';

/** Items like the rows of a spreadsheet. */
export function rows(count: number): INodeExecutionData[] {
	return Array.from({ length: count }, (_, row) => ({
		json: { row, url: `https://images.example.com/${row}.png` },
	}));
}

/** Rows, each with a file that must stay with it. */
export function rowsWithFiles(count: number): INodeExecutionData[] {
	return rows(count).map((item, row) => ({
		...item,
		binary: { data: { data: 'iVBORw0KGgo=', mimeType: 'image/png', fileName: `${row}.png` } },
	}));
}

/** Runs the node on items of `rows`, set up as a builder would for them. */
export async function runOnRows(
	baseUrl: string,
	parameters: INodeParameters,
	items: INodeExecutionData[],
	options: RunNodeOptions = {},
): Promise<NodeRun> {
	return await runNode(
		{
			resource: 'evaluation',
			generatedImageUrl: '={{ $json.url }}',
			taskType: 'product_photography',
			additionalFields: { clientRef: '=row-{{ $json.row }}' },
			...parameters,
		},
		items,
		{ baseUrl, apiKey: API_KEY, ...options },
	);
}

/** Parameters with more options; those that they have stay. */
export function withOptions(parameters: INodeParameters, options: INodeParameters) {
	const given = parameters.options as INodeParameters | undefined;
	return { ...parameters, options: { ...options, ...given } };
}
