/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonRecord } from './read';
import type { Session } from './session';
import { rowOfNodes, runflowNode, type NodeSketch } from './workflowFile';
import { activateWorkflow, importWorkflow, type StoredWorkflow, type Webhook } from './workflows';

const POLL_MS = 100;
const CREDENTIAL_TYPES = new Map(
	['n8n-nodes-runflow.runflow', 'n8n-nodes-runflow.runflowTrigger'].map((type) => [
		type,
		new Set(['runflowApi']),
	]),
);

type Owner = Pick<Session, 'client' | 'credential'>;

export interface Published {
	workflow: StoredWorkflow;
	webhook: Webhook;
}

export interface Row extends JsonRecord {
	ref: string;
	url: string;
}

/** Rows with references that occur nowhere else, so that a second bill for one is noticed. */
export function makeRows(name: string, count: number): Row[] {
	return Array.from({ length: count }, (_, index) => ({
		ref: `${name}-${index}`,
		url: `https://images.example/${name}-${index}.png`,
	}));
}

/** Submit and Wait for each row, with the row's reference. */
export function judgeNode(
	waitMode: 'poll' | 'callback',
	parameters: JsonRecord = {},
	additionalFields: JsonRecord = {},
	options: JsonRecord = {},
): NodeSketch {
	return runflowNode('Judge', 'submitAndWait', {
		options: { waitMode, ...options },
		generatedImageUrl: '={{ $json.url }}',
		taskType: 'product_photography',
		additionalFields: { clientRef: '={{ $json.ref }}', ...additionalFields },
		...parameters,
	});
}

/** A workflow that a POST of rows to `/webhook/<path>` starts, in production. */
export function webhookFile(path: string, nodes: NodeSketch[]): JsonRecord {
	const webhook: NodeSketch = {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: { httpMethod: 'POST', path, responseMode: 'onReceived' },
		extra: { webhookId: path },
	};
	const split: NodeSketch = {
		name: 'Rows',
		type: 'n8n-nodes-base.splitOut',
		parameters: { fieldToSplitOut: 'body.rows' },
	};
	return rowOfNodes(path, [webhook, split, ...nodes]);
}

export function webhookOf(baseUrl: string, path: string): Webhook {
	return { url: `${baseUrl}/webhook/${path}`, method: 'POST' };
}

/** Stores a workflow; its Runflow nodes get the credential. */
export async function storeWorkflow(
	{ client, credential }: Owner,
	file: JsonRecord,
): Promise<StoredWorkflow> {
	return await importWorkflow(client, file, {
		credentials: [credential],
		credentialTypes: CREDENTIAL_TYPES,
	});
}

/** Stores and publishes a workflow that a POST of rows to `/webhook/<path>` starts. */
export async function publishWebhook(
	owner: Owner,
	webhook: Webhook,
	file: JsonRecord,
): Promise<Published> {
	const workflow = await storeWorkflow(owner, file);
	await activateWorkflow(owner.client, workflow, [webhook]);
	return { workflow, webhook };
}

/** Starts one execution for each row, so many at a time. */
export async function postAll(webhook: Webhook, rows: Row[], atOnce: number): Promise<void> {
	const left = [...rows];
	const post = async () => {
		for (let row = left.shift(); row !== undefined; row = left.shift()) {
			await postRows(webhook, [row]);
		}
	};
	await Promise.all(Array.from({ length: atOnce }, post));
}

/** Starts one execution with these rows. */
export async function postRows({ url }: Webhook, rows: Row[]): Promise<void> {
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ rows }),
	});
	if (!response.ok) throw new Error(`${url} answered ${response.status}`);
}

/** Looks again and again until it is so. */
export async function until(
	what: string,
	isSo: () => boolean | Promise<boolean>,
	timeoutMs: number,
): Promise<void> {
	const deadline = Date.now() + timeoutMs;
	while (!(await isSo())) {
		if (Date.now() > deadline) throw new Error(`not within ${timeoutMs / 1000} s: ${what}`);
		await sleep(POLL_MS);
	}
}

/** Waits for a number; gives up when it has stood still for so long, however long it all takes. */
export async function untilReached(
	what: string,
	count: () => number | Promise<number>,
	wanted: number,
	patienceMs: number,
): Promise<void> {
	let seen = await count();
	while (seen !== wanted) {
		const before = seen;
		const hasMoved = async () => (seen = await count()) !== before;
		await until(`${wanted} ${what}, of which there are ${before}`, hasMoved, patienceMs);
	}
}

/** Seconds since a moment of `Date.now()`, to a tenth. */
export function seconds(since: number): number {
	return Math.round((Date.now() - since) / 100) / 10;
}

/** Writes a figure beside the results of the tests. */
export function report(line: string): void {
	process.stdout.write(`${line}\n`);
}
