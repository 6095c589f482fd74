import type {
	INodeExecutionData,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { getEvaluation } from '../../api/evaluations';
import type { Evaluation } from '../../api/types';
import { decline, readRawBody } from '../../callback/answer';
import { checkSignature, readSecrets } from '../../callback/secrets';
import { shapeEvaluation } from '../../verdict/shape';
import { splitByVerdict } from '../../verdict/split';
import { lookUntilOpen } from './look';
import { readParked, readParkedItems } from './record';
import type { Parked } from './record';

const LOOKUP_TIMEOUT_MS = 4_000;

/** Callbacks come back to the parked node itself: no other waiting node takes them for its own. */
export const resumeWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		path: '={{ $nodeId }}',
		isFullPath: true,
		restartWebhook: true,
		responseMode: 'onReceived',
		responseData: '',
	},
];

/**
 * Receives a callback for a parked execution and resumes it once all its evaluations are finished.
 * Nothing may be thrown here: n8n 2.41 would resume the execution with empty data.
 */
export async function receiveResume(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		return await resume(context);
	} catch (error) {
		const reason = error instanceof Error ? error.message : 'unknown reason';
		context.logger.error(`Runflow could not handle a callback: ${reason}`);
		return decline(context, 503, 'The callback could not be handled; deliver it again');
	}
}

async function resume(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const secrets = await readSecrets(context);
	const rawBody = await readRawBody(context);
	const problem = secrets.length > 0 ? checkSignature(context, rawBody, secrets) : undefined;
	if (problem !== undefined) {
		context.logger.warn(`Runflow refused a callback for a parked execution: ${problem}`);
		return decline(context, 401, 'The callback is not signed as it should be');
	}
	const parked = readParked(context);
	if (parked === undefined) return decline(context, 404, 'Nothing waits for this callback');

	const ids = parked.ids.filter((id): id is string => id !== null);
	const embed = [...new Set(parked.shapes.flatMap((shape) => shape.embed))];
	const look = async (id: string) =>
		await getEvaluation(context, id, { embed, timeoutMs: LOOKUP_TIMEOUT_MS });
	const state = await lookUntilOpen(ids, look, Math.random);
	if (state.kind === 'unavailable') {
		context.logger.warn(`Runflow could not look up evaluations: ${state.failure.message}`);
		return decline(context, 503, 'The evaluations could not be looked up; deliver again');
	}
	if (state.kind === 'open') {
		return { webhookResponse: { received: true, message: 'Others are not finished yet' } };
	}
	const items = finishedItems(readParkedItems(context), parked, state.evaluations);
	return {
		webhookResponse: { received: true, message: 'The execution goes on' },
		workflowData: parked.split ? linked(splitByVerdict(items)) : [items],
	};
}

function finishedItems(
	stored: INodeExecutionData[],
	{ ids, shapes }: Parked,
	evaluations: Map<string, Evaluation>,
): INodeExecutionData[] {
	return stored.map((item, itemIndex) => {
		const evaluation = evaluations.get(ids[itemIndex] ?? '');
		const shape = shapes[itemIndex];
		const json = evaluation && shape ? shapeEvaluation(evaluation, shape) : item.json;
		return { ...item, json, pairedItem: { item: itemIndex } };
	});
}

/**
 * n8n links the items of a resumed node to its input by their position in the output, which is
 * right only where it is the position in the input too. Elsewhere no link is better than one to
 * the wrong row: n8n then says that it does not know the item.
 */
function linked(outputs: INodeExecutionData[][]): INodeExecutionData[][] {
	return outputs.map((items) =>
		items.map((item, position) => {
			const { pairedItem } = item;
			const isLinked =
				typeof pairedItem === 'object' && 'item' in pairedItem && pairedItem.item === position;
			if (isLinked) return item;
			return { ...item, pairedItem: { item: position, sourceOverwrite: UNKNOWN_SOURCE } };
		}),
	);
}

const UNKNOWN_SOURCE = { previousNode: 'No longer known after a parked wait' };
