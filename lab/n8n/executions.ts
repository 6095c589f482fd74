/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { parse } from 'flatted';
import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nClient } from './client';
import {
	isRecord,
	readArray,
	readOptionalString,
	readRecord,
	readRecords,
	readString,
	type JsonRecord,
} from './read';

const WAIT_TIMEOUT_MS = 60_000;
const POLL_MS = 100;
const SETTLE_MS = 1_000;
const ENDED = ['success', 'error', 'canceled', 'crashed'];

export interface ExecutionSummary {
	id: string;
	status: string;
	workflowId: string;
}

/** An item as n8n stores it: `json`, `pairedItem`, `binary`, `error`. */
export type StoredItem = JsonRecord;

export interface NodeRun {
	status: string;
	/** One list of items per output. */
	outputs: StoredItem[][];
	error?: ExecutionProblem;
	hints: JsonRecord[];
	startedAtMs: number;
	executionTimeMs: number;
}

/** What the editor shows for an error: message in bold, description below. */
export interface ExecutionProblem {
	message: string;
	description?: string;
	httpCode?: string;
	itemIndex?: number;
	raw: JsonRecord;
}

export interface Execution extends ExecutionSummary {
	mode: string;
	waitTill?: string;
	startedAt?: string;
	stoppedAt?: string;
	error?: ExecutionProblem;
	/** The runs of each node, by node name. */
	runs: Record<string, NodeRun[]>;
}

/** The latest executions, the newest first, at most 100. */
export async function listExecutions(
	client: N8nClient,
	workflowId?: string,
): Promise<ExecutionSummary[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const answer = await client.send('GET', `/rest/executions?limit=100&filter=${filter}`);
	const results = readRecords(readRecord(answer, 'executions').results, 'executions');
	return results.map(readSummary);
}

/** One execution with the items of all its nodes. */
export async function getExecution(client: N8nClient, id: string): Promise<Execution> {
	const record = readRecord(await client.send('GET', `/rest/executions/${id}`), 'execution');
	const data: unknown = parse(readString(record, 'data'));
	const result = isRecord(data) && isRecord(data.resultData) ? data.resultData : {};
	const runs = isRecord(result.runData) ? result.runData : {};
	return {
		...readSummary(record),
		mode: readString(record, 'mode'),
		waitTill: readOptionalString(record, 'waitTill'),
		startedAt: readOptionalString(record, 'startedAt'),
		stoppedAt: readOptionalString(record, 'stoppedAt'),
		error: readProblem(result.error),
		runs: Object.fromEntries(
			Object.entries(runs).map(([name, list]) => [name, readRecords(list, 'runs').map(readRun)]),
		),
	};
}

/** Waits until an execution has one of the statuses; by default, until it has ended. */
export async function waitForExecution(
	client: N8nClient,
	id: string,
	statuses: string[] = ENDED,
	timeoutMs = WAIT_TIMEOUT_MS,
): Promise<Execution> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const execution = await getExecution(client, id);
		if (statuses.includes(execution.status)) return await settled(client, execution);
		if (Date.now() > deadline || ENDED.includes(execution.status)) {
			const wanted = statuses.join(' or ');
			throw new Error(`execution ${id} is ${execution.status}, not ${wanted}`);
		}
		await sleep(POLL_MS);
	}
}

/** n8n 1.x writes the status of an execution shortly before its items. */
async function settled(client: N8nClient, execution: Execution): Promise<Execution> {
	if (await client.isAtLeast('2.0')) return execution;
	await sleep(SETTLE_MS);
	return await getExecution(client, execution.id);
}

/** Waits until a workflow has at least `count` executions; returns them, the oldest first. */
export async function waitForExecutions(
	client: N8nClient,
	workflowId: string,
	count = 1,
	timeoutMs = WAIT_TIMEOUT_MS,
): Promise<ExecutionSummary[]> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const found = await listExecutions(client, workflowId);
		if (found.length >= count) return found.reverse();
		if (Date.now() > deadline) throw new Error(`${found.length} executions, not ${count}`);
		await sleep(POLL_MS);
	}
}

/** Presses Stop. */
export async function stopExecution(client: N8nClient, id: string): Promise<void> {
	await client.send('POST', `/rest/executions/${id}/stop`);
}

/**
 * Presses Retry in the executions list, with the workflow as it was or as it is saved now; resolves
 * to the new execution when it has ended.
 */
export async function retryExecution(
	client: N8nClient,
	id: string,
	loadWorkflow: boolean,
	timeoutMs = WAIT_TIMEOUT_MS,
): Promise<Execution> {
	const path = `/rest/executions/${id}/retry`;
	const answer = readRecord(await client.send('POST', path, { loadWorkflow }), 'retry');
	return await waitForExecution(client, readString(answer, 'id'), ENDED, timeoutMs);
}

/** The `json` of the items that a node put out in its last run. */
export function outputOf(execution: Execution, nodeName: string, output = 0): JsonRecord[] {
	const run = execution.runs[nodeName]?.at(-1);
	if (run === undefined) throw new Error(`${nodeName} did not run`);
	return (run.outputs[output] ?? []).map((item) => readRecord(item.json, 'item'));
}

function readSummary(record: JsonRecord): ExecutionSummary {
	return {
		id: readString(record, 'id'),
		status: readString(record, 'status'),
		workflowId: readString(record, 'workflowId'),
	};
}

function readRun(run: JsonRecord): NodeRun {
	const main = isRecord(run.data) ? run.data.main : undefined;
	return {
		status: readString(run, 'executionStatus'),
		outputs: readArray(main ?? [], 'outputs').map((items) => readRecords(items ?? [], 'items')),
		error: readProblem(run.error),
		hints: readRecords(run.hints ?? [], 'hints'),
		startedAtMs: Number(run.startTime),
		executionTimeMs: Number(run.executionTime),
	};
}

function readProblem(error: unknown): ExecutionProblem | undefined {
	if (!isRecord(error)) return undefined;
	const context = isRecord(error.context) ? error.context : {};
	return {
		message: readString(error, 'message'),
		description: readOptionalString(error, 'description'),
		httpCode: readOptionalString(error, 'httpCode'),
		itemIndex: typeof context.itemIndex === 'number' ? context.itemIndex : undefined,
		raw: error,
	};
}
