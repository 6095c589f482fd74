import { createHmac } from 'node:crypto';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import type { Emulator } from '../emulator';
import { nodeRun, resumeByWebhook, runNode } from '../engine';
import type { NodeRun, Resumption, RunNodeOptions } from '../engine';

export const SECRET = 'whsec_current';
export const PASSED = { overall_passed: true, weighted_pass_rate: 0.9 };

/** Items like the rows of a spreadsheet, each with a file that must stay with it. */
export function rows(count: number): INodeExecutionData[] {
	return Array.from({ length: count }, (_, row) => ({
		json: { row, url: `https://images.example.com/${row}.png` },
		binary: { data: { data: 'iVBORw0KGgo=', mimeType: 'image/png', fileName: `${row}.png` } },
	}));
}

/** Runs Submit and Wait with the wait mode Callback on `count` rows. */
export async function park(
	emulator: Emulator,
	count: number,
	parameters: INodeParameters = {},
	options: RunNodeOptions = {},
): Promise<NodeRun> {
	return await runNode(
		{
			resource: 'evaluation',
			operation: 'submitAndWait',
			waitMode: 'callback',
			generatedImageUrl: '={{ $json.url }}',
			taskType: 'product_photography',
			additionalFields: { clientRef: '=row-{{ $json.row }}' },
			...parameters,
		},
		rows(count),
		{
			baseUrl: emulator.url,
			apiKey: 'rf_live_full',
			mode: 'webhook',
			pairedCheck: true,
			...options,
		},
	);
}

/** A callback for the evaluation of a row, signed when there is a secret. */
export async function callBack(
	parked: NodeRun,
	evaluationId: string,
	secret?: string,
	more: Record<string, string> = {},
): Promise<Resumption & { resumed?: NodeRun }> {
	const rawBody = JSON.stringify({ id: evaluationId, overall_passed: true, ...more });
	const signature = secret && createHmac('sha256', secret).update(rawBody).digest('hex');
	const headers: Record<string, string> = signature ? { 'runflow-signature': signature } : {};
	const resumption = await resumeByWebhook(parked, { rawBody, headers });
	return { ...resumption, resumed: resumption.run && nodeRun(resumption.run) };
}

/** The ids of the evaluations, in the order of the rows. */
export function idsByRow(emulator: Emulator): string[] {
	const row = (clientRef: string | null) => Number(clientRef?.replace('row-', ''));
	const sorted = [...emulator.evaluations].sort((a, b) => row(a.clientRef) - row(b.clientRef));
	return sorted.map(({ id }) => id);
}

/** How many requests of this method the emulator has answered. */
export function countRequests(emulator: Emulator, method: string): number {
	return emulator.requests.filter((request) => request.method === method).length;
}
