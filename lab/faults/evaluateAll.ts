import type { INodeParameters } from 'n8n-workflow';

import type { NodeRun, RunNodeOptions } from '../engine';
import { runOnRows } from '../scenario/rows';

/** Submits and waits for one item for each reference. */
export async function evaluateAll(
	baseUrl: string,
	refs: string[],
	options: RunNodeOptions = {},
	parameters: INodeParameters = {},
): Promise<NodeRun> {
	return await runOnRows(
		baseUrl,
		{
			operation: 'submitAndWait',
			additionalFields: { clientRef: '={{ $json.ref }}' },
			...parameters,
		},
		refs.map((ref) => ({ json: { ref, url: `https://images.example.com/${ref}.png` } })),
		options,
	);
}
