import type {
	INodeExecutionData,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { CALLBACK_LIMIT_MS, LOOK_LIFE_MS } from '../../api/policy';
import type { Evaluation } from '../../api/types';
import { Load } from '../../callback/load';
import { receive } from '../../callback/receiver';
import type { Decision } from '../../callback/receiver';
import { describeFailure } from '../../messages/failure';
import { shapeEvaluation } from '../../verdict/shape';
import { billedOnce } from '../../verdict/billed';
import { splitByVerdict } from '../../verdict/split';
import { linked } from './links';
import { lookUntilOpen } from './look';
import type { Sight } from './look';
import { GoingOn } from './memory';
import { readParked, readParkedItems } from './record';
import type { Parked } from './record';
import { sightFor } from './sight';

const NO_WORD = /[^0-9a-z_-]+/;

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
 * Of all parked executions of this process. n8n has done most of its work for a callback before it
 * comes here, so none is sent away, and one whose sender has left makes its execution go on as well.
 */
const load = new Load({ atOnce: 10, longestLine: 200, patienceMs: Infinity });

const goingOn = new GoingOn();

/** No 2xx: should n8n fail to let the execution go on, it takes another callback. */
const ALREADY: Decision = {
	status: 503,
	message: 'Another callback has just made the execution go on',
};

/** Receives a callback for a parked execution and resumes it once all its evaluations are finished. */
export async function receiveResume(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { name } = context.getWorkflow();
	return await receive(context, `'${context.getNode().name}' in the workflow '${name}'`, () => ({
		signed: 'ifSecretIsSet',
		answeredBy: 'n8n',
		load,
		handle: async (rawBody, connect) => {
			const parked = readParked(context);
			if (parked === undefined) return { status: 404, message: 'Nothing waits for this callback' };
			const run = [context.getExecutionId(), context.getNode().id, parked.runIndex].join('/');
			if (goingOn.has(run, performance.now())) return ALREADY;
			const sight = sightFor(await connect(AbortSignal.timeout(LOOK_LIFE_MS)), parked.shapes);
			const decision = await decide(parked, rawBody, sight, () => readParkedItems(context));
			if (decision.start === undefined) return decision;
			if (goingOn.has(run, performance.now())) return ALREADY;
			goingOn.add(run, performance.now());
			return decision;
		},
	}));
}

/**
 * Looks at the parked evaluations: the execution goes on with its items once all are finished. The
 * body is no more than a hint which one to look at first.
 */
export async function decide(
	parked: Parked,
	rawBody: Buffer,
	sight: Sight,
	readItems: () => INodeExecutionData[],
): Promise<Decision> {
	const ids = parked.ids.filter((id): id is string => id !== null);
	const words = new Set(rawBody.toString().toLowerCase().split(NO_WORD));
	const named = ids.filter((id) => words.has(id.toLowerCase()));
	const state = await lookUntilOpen(ids, named, sight, CALLBACK_LIMIT_MS);
	if (state.kind === 'unavailable') {
		const why = state.failure
			? describeFailure(state.failure).message
			: 'there was not enough time, or not the right answer';
		return {
			status: 503,
			message: 'Not all evaluations could be looked up; deliver again',
			log: { level: 'warn', text: `could not look up all evaluations for a callback: ${why}` },
		};
	}
	if (state.kind === 'open') {
		// Runflow calls about finished evaluations alone, whatever words it finds for that.
		const isDoubtful = state.isUnknown || named.includes(state.id);
		if (!isDoubtful) return { status: 200, message: 'Others are not finished yet' };
		return { status: 503, message: 'It is not finished yet for those who look; deliver again' };
	}
	const items = finishedItems(readItems(), parked, state.evaluations);
	const start = parked.split ? linked(splitByVerdict(items)) : [items];
	return { status: 200, message: 'The execution goes on', start };
}

function finishedItems(
	stored: INodeExecutionData[],
	{ ids, shapes, unbilled }: Parked,
	evaluations: Map<string, Evaluation>,
): INodeExecutionData[] {
	const items = stored.map((item, itemIndex) => {
		const evaluation = evaluations.get(ids[itemIndex]?.toLowerCase() ?? '');
		const shape = shapes[itemIndex];
		if (evaluation === undefined || shape === undefined) {
			return { ...item, pairedItem: { item: itemIndex } };
		}
		const { input } = item.json;
		const shaped = shapeEvaluation(evaluation, shape, { isBilled: !unbilled.includes(itemIndex) });
		const json = { ...shaped, ...(input !== undefined && { input }) };
		return { ...item, json, pairedItem: { item: itemIndex } };
	});
	return billedOnce(items);
}
