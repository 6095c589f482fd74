/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nClient } from './client';
import type { CredentialReference } from './credentials';
import {
	isRecord,
	readOptionalString,
	readRecord,
	readRecords,
	readString,
	type JsonRecord,
} from './read';

const REGISTRATION_TIMEOUT_MS = 20_000;
const REGISTRATION_POLL_MS = 50;

export interface StoredWorkflow {
	id: string;
	name: string;
	versionId: string;
	nodes: JsonRecord[];
}

export interface ImportOptions {
	credentials?: CredentialReference[];
	/** From `credentialTypesByNodeType`: for nodes that name no credential in the file. */
	credentialTypes?: Map<string, Set<string>>;
}

/**
 * Stores a workflow as the editor's "Import from file" does, which gives each node a webhook id of
 * its own, and picks, for each node that needs one, the given credential of the right type, as a
 * person would. Nothing else is changed.
 */
export async function importWorkflow(
	client: N8nClient,
	workflow: JsonRecord,
	options: ImportOptions = {},
): Promise<StoredWorkflow> {
	const nodes = readRecords(workflow.nodes, 'nodes').map((node) => ({
		webhookId: randomUUID(),
		...withCredentials(node, options),
	}));
	const { name, connections, settings, pinData, meta } = workflow;
	const body = { name, nodes, connections, settings: settings ?? {}, pinData, meta };
	const state = (await client.isAtLeast('2.0')) ? {} : { active: false };
	return readWorkflow(await client.send('POST', '/rest/workflows', { ...body, ...state }));
}

function withCredentials(node: JsonRecord, options: ImportOptions): JsonRecord {
	const named = isRecord(node.credentials) ? Object.keys(node.credentials) : [];
	const possible = options.credentialTypes?.get(readString(node, 'type')) ?? [];
	const generic = isRecord(node.parameters) ? [node.parameters.genericAuthType] : [];
	const wanted = new Set<unknown>([...named, ...possible, ...generic]);
	const chosen = (options.credentials ?? []).filter(({ type }) => wanted.has(type));
	if (chosen.length === 0) return node;
	const credentials = chosen.map(({ id, name, type }) => [type, { id, name }]);
	return { ...node, credentials: Object.fromEntries(credentials) };
}

function readWorkflow(answer: unknown): StoredWorkflow {
	const workflow = readRecord(answer, 'workflow');
	return {
		id: readString(workflow, 'id'),
		name: readString(workflow, 'name'),
		versionId: readString(workflow, 'versionId'),
		nodes: readRecords(workflow.nodes, 'nodes'),
	};
}

/** Changes texts in the nodes of a stored workflow, as a person does in their panels. */
export async function replaceInWorkflow(
	client: N8nClient,
	{ id, versionId, nodes }: StoredWorkflow,
	text: string,
	replacement: string,
): Promise<StoredWorkflow> {
	const changed: unknown = JSON.parse(JSON.stringify(nodes).replaceAll(text, replacement));
	const body = { versionId, nodes: changed };
	return readWorkflow(await client.send('PATCH', `/rest/workflows/${id}`, body));
}

/** Publishes a workflow and waits until each of the given webhooks of it is registered. */
export async function activateWorkflow(
	client: N8nClient,
	workflow: StoredWorkflow,
	webhooks: Webhook[] = [],
): Promise<void> {
	await switchWorkflow(client, workflow, true);
	for (const webhook of webhooks) await waitUntilRegistered(webhook);
}

/** Takes a workflow out of service. */
export async function deactivateWorkflow(
	client: N8nClient,
	workflow: StoredWorkflow,
): Promise<void> {
	await switchWorkflow(client, workflow, false);
}

/** Before 2.0 a workflow is not published: being active is one of its fields. */
async function switchWorkflow(
	client: N8nClient,
	{ id, versionId }: StoredWorkflow,
	active: boolean,
): Promise<void> {
	const path = `/rest/workflows/${id}`;
	if (!(await client.isAtLeast('2.0'))) await client.send('PATCH', path, { active, versionId });
	else if (active) await client.send('POST', `${path}/activate`, { versionId });
	else await client.send('POST', `${path}/deactivate`, {});
}

export interface Webhook {
	url: string;
	method: string;
}

/** n8n answers the activation before it has registered the webhooks. */
async function waitUntilRegistered({ url, method }: Webhook): Promise<void> {
	const deadline = Date.now() + REGISTRATION_TIMEOUT_MS;
	while (Date.now() < deadline) {
		const response = await fetch(url, { method: 'OPTIONS', headers: { origin: url } });
		const methods = response.headers.get('access-control-allow-methods') ?? '';
		if (methods.split(', ').includes(method)) return;
		await sleep(REGISTRATION_POLL_MS);
	}
	throw new Error(`${method} ${url} was not registered`);
}

/** The production webhook of a trigger node; `path` is the one in the node's description. */
export function triggerWebhook(
	baseUrl: string,
	workflow: StoredWorkflow,
	nodeName: string,
	path: string,
): Webhook {
	const webhookId = readOptionalString(findNode(workflow, nodeName), 'webhookId');
	if (webhookId === undefined) throw new Error(`${nodeName} has no webhook id`);
	return { url: `${baseUrl}/webhook/${webhookId}/${path}`, method: 'POST' };
}

/** The node of that name, or an error. */
export function findNode(workflow: StoredWorkflow, name: string): JsonRecord {
	const found = workflow.nodes.find((node) => node.name === name);
	if (found === undefined) throw new Error(`${workflow.name} has no node ${name}`);
	return found;
}

/**
 * Executes a stored workflow from the named trigger, as the editor's "Execute workflow" does, and
 * returns the execution's id at once.
 */
export async function runWorkflow(
	client: N8nClient,
	workflow: StoredWorkflow,
	triggerName: string,
): Promise<string> {
	return await runFrom(client, workflow, { name: triggerName });
}

/**
 * Writes into the editor's chat panel of a stored workflow with a Chat Trigger, and returns the
 * execution's id at once.
 */
export async function writeInChat(
	client: N8nClient,
	workflow: StoredWorkflow,
	triggerName: string,
	chatInput: string,
): Promise<string> {
	const json = { sessionId: 'session', action: 'sendMessage', chatInput };
	const timing = { startTime: Date.now(), executionTime: 0, executionIndex: 0 };
	const data = { ...timing, executionStatus: 'success', data: { main: [[{ json }]] }, source: [] };
	return await runFrom(client, workflow, { name: triggerName, data });
}

/** Older versions execute the workflow that the editor sends along, newer ones the stored one. */
async function runFrom(
	client: N8nClient,
	{ id }: StoredWorkflow,
	triggerToStartFrom: JsonRecord,
): Promise<string> {
	const path = `/rest/workflows/${id}`;
	const workflow = (await client.isAtLeast('2.14'))
		? { workflowId: id }
		: { workflowData: await client.send('GET', path) };
	const answer = await client.send('POST', `${path}/run`, { ...workflow, triggerToStartFrom });
	return readString(readRecord(answer, 'run'), 'executionId');
}
