/* eslint-disable @n8n/community-nodes/no-restricted-globals */
import { untilCount } from '../../n8n/executionCounts';
import type { JsonRecord } from '../../n8n/read';
import { startSession } from '../../n8n/session';
import type { Session } from '../../n8n/session';
import { storeWorkflow, webhookOf } from '../../n8n/webhookRuns';
import { rowOfNodes } from '../../n8n/workflowFile';
import type { NodeSketch } from '../../n8n/workflowFile';
import { activateWorkflow, triggerWebhook } from '../../n8n/workflows';
import { postUnderLoad, submitMany } from './load';

const CONNECTIONS = 10;
const TRIGGER_VERSION = 1.1;
const ENDED_WITHIN_MS = 180_000;
/** Callbacks that are not counted, so that the first receiver is not the one that warms n8n up. */
const WARM_UP = 20;
/** Without signatures, one process looks up no more than 30 evaluations at once. */
const FEW = { warmUp: 4, most: 25 };

/** One way to receive a callback, and how fast n8n does it. */
export interface Reception {
	name: string;
	/** Requests per second until the last is answered and the last execution it started has ended. */
	perSecond: number;
	p99Ms: number;
	/** Of n8n's process, per request, until the last execution has ended. */
	cpuMs: number;
	answers: Record<string, number>;
}

interface Receiver {
	name: string;
	node: NodeSketch;
	/** The path of n8n's Webhook node. */
	path?: string;
	forged?: boolean;
	startsExecutions?: boolean;
	warmUp?: number;
	most?: number;
}

const RECEIVERS: Receiver[] = [
	webhookNode('Webhook node, checks nothing', 'plain'),
	webhookNode('Webhook node with an expression, checks nothing', 'expression', {
		options: { noResponseBody: '={{ false }}' },
	}),
	{ ...trigger('Runflow Trigger, forged: signature only', '1'), forged: true },
	{
		...trigger('Runflow Trigger, unwanted verdict: signature, look-up', '2', {
			events: ['no_verdict'],
		}),
	},
	{
		...trigger('Runflow Trigger, no signature: look-up, start', '3', { verification: 'lookup' }),
		startsExecutions: true,
		...FEW,
	},
	{ ...trigger('Runflow Trigger: signature, look-up, start', '4'), startsExecutions: true },
];

/** Sends `amount` callbacks, each about another evaluation, to each receiver in turn. */
export async function compareReceivers(
	amount: number,
	env: Record<string, string>,
): Promise<Reception[]> {
	const latency = { distribution: 'fixed', minMs: 1 } as const;
	const callbackRetryDelaysMs: number[] = [];
	const outcome = () => ({ overall_passed: true });
	const emulator = { latency, outcome, inFlightCap: 1e6, balance: null, callbackRetryDelaysMs };
	const session = await startSession({ emulator, env, https: true });
	try {
		const receptions: Reception[] = [];
		for (const receiver of RECEIVERS) {
			const { most = amount } = receiver;
			const reception = await receive(session, receiver, Math.min(amount, most));
			process.stderr.write(`${reception.name}: ${reception.cpuMs.toFixed(1)} ms of CPU each\n`);
			receptions.push(reception);
		}
		return receptions;
	} finally {
		await session.end();
	}
}

async function receive(session: Session, receiver: Receiver, amount: number): Promise<Reception> {
	const { client, n8n } = session;
	const { name, node, path, forged, startsExecutions = false, warmUp = WARM_UP } = receiver;
	const end: NodeSketch = { name: 'End', type: 'n8n-nodes-base.noOp' };
	const workflow = await storeWorkflow(session, rowOfNodes(name, [node, end]));
	const webhook = path
		? webhookOf(n8n.url, path)
		: triggerWebhook(n8n.url, workflow, node.name, 'runflow');
	await activateWorkflow(client, workflow, [webhook]);
	// Nobody answers there: only the bench calls back.
	const callback_url = `http://127.0.0.1:9${new URL(webhook.url).pathname}`;
	const ids = await submitMany(session.emulator.url, warmUp + amount, { callback_url });
	const nextBody = () =>
		JSON.stringify({ id: ids.pop(), status_code: 'completed', evaluation_passed: true });
	const load = { nextBody, forged };
	let started = 0;
	const send = async (callbacks: number) => {
		const connections = Math.min(CONNECTIONS, callbacks);
		const wanted = { ...load, connections, amount: callbacks };
		const answered = await postUnderLoad(webhook.url, wanted);
		started += answered.answers['200'] ?? 0;
		if (startsExecutions) {
			await untilCount(client, workflow.id, 'success', started, ENDED_WITHIN_MS);
		}
		return answered;
	};
	await send(warmUp);
	const cpuBefore = n8n.cpuMs();
	const startedAt = performance.now();
	const { p99Ms, answers } = await send(amount);
	const seconds = (performance.now() - startedAt) / 1_000;
	const cpuMs = (n8n.cpuMs() - cpuBefore) / amount;
	return { name, perSecond: amount / seconds, p99Ms, cpuMs, answers };
}

function trigger(name: string, digit: string, parameters: JsonRecord = {}): Receiver {
	const webhookId = `0b5f2c1e-4d3a-4c8b-9e6f-7a8b9c0d1e2${digit}`;
	const type = 'n8n-nodes-runflow.runflowTrigger';
	return {
		name,
		node: { name: 'Trigger', type, typeVersion: TRIGGER_VERSION, parameters, extra: { webhookId } },
	};
}

function webhookNode(name: string, path: string, parameters: JsonRecord = {}): Receiver {
	const node = {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', ...parameters },
		extra: { webhookId: path },
	};
	return { name, node, path, startsExecutions: true };
}
