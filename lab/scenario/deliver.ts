import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Emulator, Outcome } from '../emulator';
import { callWebhook } from '../engine';
import type { NodeTypeMap, WebhookCall } from '../engine';
import { API_KEY, PASSED, PREVIOUS_SECRET, SECRET, sign } from './account';
import { rows, runOnRows } from './rows';

export * from './account';

export interface Delivery {
	body?: string | Buffer;
	/** Instead of the right signature. */
	headers?: Record<string, string>;
	query?: Record<string, string>;
	contentEncoding?: 'gzip' | 'deflate';
	parameters?: INodeParameters;
	/** What differs from a credential with both secrets. */
	credential?: Record<string, string>;
	staticData?: IDataObject;
	/** `manual` is the test URL. */
	mode?: 'webhook' | 'manual';
	/** Of the trigger's workflow. */
	workflowId?: string;
	/** A trigger of its own when it is not given: no test sees what another one left behind. */
	nodeId?: string;
	/** For a trigger as a new process of n8n would load it. */
	nodeTypes?: NodeTypeMap;
}

/** The address of the trigger of every `deliver`, as its evaluations name it; nobody listens there. */
export const TRIGGER_URL = 'http://127.0.0.1:9/webhook/trigger-webhook-id/runflow';

let triggers = 0;

/** Hands a callback to the trigger, signed as it should be unless told otherwise. */
export async function deliver(emulator: Emulator, delivery: Delivery): Promise<WebhookCall> {
	const { body = '', headers = { 'Runflow-Signature': sign(body) }, credential } = delivery;
	const { query, contentEncoding, nodeId = `trigger-${triggers++}`, ...others } = delivery;
	const secrets = { callbackSecret: SECRET, previousCallbackSecret: PREVIOUS_SECRET };
	return await callWebhook({
		...others,
		node: { id: nodeId },
		credentials: {
			runflowApi: { baseUrl: emulator.url, apiKey: API_KEY, ...secrets, ...credential },
		},
		request: { rawBody: body, headers, query, contentEncoding },
	});
}

/** The body of a callback about an evaluation, shorter than the real one. */
export function aboutEvaluation(id: string): string {
	return JSON.stringify({ id, overall_passed: true });
}

/** Submits an evaluation by the ordinary node and returns its id. */
export async function submit(
	emulator: Emulator,
	more: { clientRef?: string; callbackUrl?: string } = {},
): Promise<string> {
	const parameters = { operation: 'submit', additionalFields: { ...more } };
	const { outputs } = await runOnRows(emulator.url, parameters, rows(1));
	return String(outputs[0]?.[0]?.json.id);
}

/** An evaluation that has ended, at an emulator whose latency is `manual`. */
export async function finished(
	emulator: Emulator,
	outcome: Partial<Outcome> = PASSED,
	more: { clientRef?: string; callbackUrl?: string } = {},
): Promise<string> {
	const id = await submit(emulator, { clientRef: 'row-1', callbackUrl: TRIGGER_URL, ...more });
	emulator.settle(id, outcome);
	return id;
}

/** The paths that were asked for, with the query. */
export function lookups(emulator: Emulator): string[] {
	return emulator.requests
		.filter(({ method }) => method === 'GET')
		.map(({ path, query }) => {
			const search = new URLSearchParams(query).toString();
			return search === '' ? path : `${path}?${search}`;
		});
}

/** Digits that look the same and are others. */
export function fullWidth(text: string): string {
	return text.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
}
