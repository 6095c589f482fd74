import type { IWebhookDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { LOOK_LIFE_MS } from '../../api/policy';
import { Load, PARKED_LIMITS } from '../../callback/load';
import { credentialIdOf, receive } from '../../callback/receiver';
import { readReadiness } from '../../connect';
import { mayBeStarting, untilStarted } from '../../callback/starting';
import { systemTimer } from '../../callback/timer';
import { RESUME_PATH } from './callbackUrl';
import { decideResume } from './decide';
import { GoingOn } from './memory';
import { readParked, readParkedItems } from './record';
import type { Parked } from './record';
import { sightFor } from './sight';

/**
 * Callbacks come back to a path of their own: no waiting node of another type takes them. It holds no
 * expression, for which n8n would start a sandbox for each callback, forged ones included.
 */
export const resumeWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		path: RESUME_PATH,
		isFullPath: true,
		restartWebhook: true,
		responseMode: 'onReceived',
		responseData: '',
	},
];

const readAt = performance.now();

/**
 * Of all parked executions of this process. What comes while n8n starts waits in line: its delivery may
 * be the last one, and an execution goes on for a sender that has left as well.
 */
const load = new Load(PARKED_LIMITS, systemTimer, mayBeStarting(readAt));

let opening: Promise<void> | undefined;

const goingOn = new GoingOn();

/** Receives a callback for a parked execution and resumes it once all its evaluations are finished. */
export async function receiveResume(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const arrivedAt = performance.now();
	const { name } = context.getWorkflow();
	const subject = `'${context.getNode().name}' in the workflow '${name}'`;
	const runOf = ({ runIndex }: Parked) =>
		[context.getExecutionId(), context.getNode().id, runIndex].join('/');
	opening ??= untilStarted(async () => await readReadiness(context), systemTimer, readAt).then(() =>
		load.open(),
	);
	const evaluate = (expression: string): unknown => context.evaluateExpression(expression);
	return await receive(context, subject, 'n8n', () => ({
		signed: 'ifSecretIsSet',
		load,
		account: credentialIdOf(context),
		handle: async (rawBody, connect) =>
			await decideResume(rawBody, {
				parked: readParked(context.getNode().name, evaluate),
				readItems: () => readParkedItems(evaluate),
				sight: async ({ shapes }) =>
					sightFor(await connect(AbortSignal.timeout(LOOK_LIFE_MS)), shapes),
				now: Date.now,
				isGoingOn: (parked) => goingOn.has(runOf(parked), performance.now(), arrivedAt),
				claim: (parked) => goingOn.add(runOf(parked), performance.now()),
			}),
	}));
}
