import type {
	INodeExecutionData,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import type { Attempt } from '../../api/attempt';
import type { Evaluation } from '../../api/types';
import { receive } from '../../callback/receiver';
import type { Decision } from '../../callback/receiver';
import { describeFailure } from '../../messages/failure';
import { shapeEvaluation } from '../../verdict/shape';
import { splitByVerdict } from '../../verdict/split';
import { linked } from './links';
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

/** Receives a callback for a parked execution and resumes it once all its evaluations are finished. */
export async function receiveResume(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { name } = context.getWorkflow();
	return await receive(context, `'${context.getNode().name}' in the workflow '${name}'`, () => ({
		signed: 'ifSecretIsSet',
		answeredBy: 'n8n',
		handle: async (_rawBody, connect) => {
			const parked = readParked(context);
			if (parked === undefined) return { status: 404, message: 'Nothing waits for this callback' };
			const embed = [...new Set(parked.shapes.flatMap((shape) => shape.embed))];
			const client = await connect();
			const look = async (id: string) =>
				await client.get(id, { embed, timeoutMs: LOOKUP_TIMEOUT_MS });
			return await decide(parked, look, () => readParkedItems(context));
		},
	}));
}

/** Looks at the parked evaluations: the execution goes on with its items once all are finished. */
export async function decide(
	parked: Parked,
	look: (id: string) => Promise<Attempt<Evaluation>>,
	readItems: () => INodeExecutionData[],
): Promise<Decision> {
	const ids = parked.ids.filter((id): id is string => id !== null);
	const state = await lookUntilOpen(ids, look, Math.random);
	if (state.kind === 'unavailable') {
		const { message } = describeFailure(state.failure);
		return {
			status: 503,
			message: 'The evaluations could not be looked up; deliver again',
			log: { level: 'warn', text: `could not look up evaluations: ${message}` },
		};
	}
	if (state.kind === 'open') return { status: 200, message: 'Others are not finished yet' };
	const items = finishedItems(readItems(), parked, state.evaluations);
	const start = parked.split ? linked(splitByVerdict(items)) : [items];
	return { status: 200, message: 'The execution goes on', start };
}

function finishedItems(
	stored: INodeExecutionData[],
	{ ids, shapes }: Parked,
	evaluations: Map<string, Evaluation>,
): INodeExecutionData[] {
	return stored.map((item, itemIndex) => {
		const evaluation = evaluations.get(ids[itemIndex] ?? '');
		const shape = shapes[itemIndex];
		if (evaluation === undefined || shape === undefined) {
			return { ...item, pairedItem: { item: itemIndex } };
		}
		const { input } = item.json;
		const json = { ...shapeEvaluation(evaluation, shape), ...(input !== undefined && { input }) };
		return { ...item, json, pairedItem: { item: itemIndex } };
	});
}
