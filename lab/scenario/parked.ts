import type { INodeParameters } from 'n8n-workflow';

import type { Emulator } from '../emulator';
import { nodeRun, resumeByWebhook } from '../engine';
import type { NodeRun, Resumption, RunNodeOptions } from '../engine';
import { sign } from './account';
import { rowsWithFiles, runOnRows, withOptions } from './rows';

export { PASSED, SECRET } from './account';
export { rowsWithFiles as rows } from './rows';

/** Runs Submit and Wait with the wait mode Callback on `count` rows. */
export async function park(
	emulator: Emulator,
	count: number,
	parameters: INodeParameters = {},
	options: RunNodeOptions = {},
): Promise<NodeRun> {
	return await runOnRows(
		emulator.url,
		{ operation: 'submitAndWait', ...withOptions(parameters, { waitMode: 'callback' }) },
		rowsWithFiles(count),
		{ mode: 'webhook', pairedCheck: true, ...options },
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
	const signature = secret && sign(rawBody, secret);
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
