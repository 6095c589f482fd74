import type { INodeParameters } from 'n8n-workflow';

import { runNode } from '../engine';
import type { NodeRun, RunNodeOptions } from '../engine';

/** Submits and waits for one item for each reference. */
export async function evaluateAll(
	baseUrl: string,
	refs: string[],
	options: RunNodeOptions = {},
	parameters: INodeParameters = {},
): Promise<NodeRun> {
	return await runNode(
		{
			resource: 'evaluation',
			operation: 'submitAndWait',
			generatedImageUrl: '=https://images.example.com/{{ $json.ref }}.png',
			taskType: 'product_photography',
			additionalFields: { clientRef: '={{ $json.ref }}' },
			...parameters,
		},
		refs.map((ref) => ({ json: { ref } })),
		{ baseUrl, apiKey: 'rf_live_full', ...options },
	);
}
