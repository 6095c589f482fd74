import './environment';

import { parse, stringify } from 'flatted';
import { NodeOperationError, type IRunExecutionData } from 'n8n-workflow';

import { createAdditionalData } from './additionalData';
import { runWorkflow, type WorkflowRun } from './run';
import { findWebhook, invokeWebhook, refuse, type WebhookOutcome } from './webhookInvocation';
import type { WebhookRequestOptions } from './webhookRequest';
import { createWorkflow, getNode } from './workflow';

export interface ResumeRequest extends WebhookRequestOptions {
	/** The whole callback URL; without it the one the parked node would hand out. */
	url?: string;
	/** What follows the execution id in the path; default what the parked node listens to. */
	suffix?: string;
	/** Default the token of the execution. */
	signature?: string;
}

export interface Resumption extends WebhookOutcome {
	/** The execution after it went on; undefined if the request was refused or declined. */
	run?: WorkflowRun;
	/** What n8n stored of it when it went on: all that a crash from then on leaves. */
	stored?: IRunExecutionData;
}

/** What n8n does when the time limit of a parked execution has passed: no code of the node runs. */
export async function resumeByTimeout(parked: WorkflowRun): Promise<WorkflowRun> {
	if (parked.status !== 'waiting')
		throw new Error(`The execution is ${parked.status}, not waiting`);
	return await runWorkflow({ ...parked.options, onStart: undefined, resume: storedData(parked) });
}

/**
 * What n8n does with a request to `/webhook-waiting/<execution>/<suffix>?signature=<token>`. The stored
 * execution `parked` is not changed: pass the newest run to ask what a later request meets.
 */
export async function resumeByWebhook(
	parked: WorkflowRun,
	request: ResumeRequest = {},
): Promise<Resumption> {
	const { options } = parked;
	const mode = parked.run.mode;
	const data = storedData(parked);
	const target = readTarget(parked, request);
	const refusal = checkExecution(parked, target, data);
	if (refusal) return { response: refusal, logged: [] };
	const entry = data.executionData?.nodeExecutionStack[0];
	const name = data.resultData.lastNodeExecuted;
	if (!entry || name === undefined) throw new Error('The parked execution has no node to resume');
	entry.node.disabled = true;
	data.waitTill = undefined;
	data.resultData.runData[name]?.pop();

	const workflow = createWorkflow(options, mode !== 'manual');
	const node = getNode(workflow, name);
	const additionalData = createAdditionalData(options, mode);
	const method = request.method ?? 'POST';
	const webhook = findWebhook(
		workflow,
		node,
		additionalData,
		({ httpMethod, path, webhookDescription }) =>
			httpMethod === method &&
			path === (target.suffix ?? path) &&
			webhookDescription.restartWebhook === true,
	);
	if (!webhook) {
		const message = `The workflow for execution "${target.executionId}" does not contain a waiting webhook with a matching path/method.`;
		return { response: refuse(404, message), logged: [] };
	}
	const outcome = await invokeWebhook({
		workflow,
		node,
		additionalData,
		mode,
		webhook,
		runExecutionData: data,
		request: { ...request, query: target.query },
	});
	if (outcome.items === undefined) return outcome;
	entry.data.main = outcome.items;
	entry.metadata = { ...entry.metadata, forwardAllOutputs: true };
	// A webhook() that throws loses the run data so far and lets the execution end in an error.
	if (outcome.error) {
		const error = new NodeOperationError(node, outcome.error.message);
		data.resultData = { runData: {}, lastNodeExecuted: name, error };
	}
	const stored = storedCopy(data);
	const run = await runWorkflow({ ...options, onStart: undefined, resume: data });
	return { ...outcome, run, stored };
}

/**
 * Retry "with currently saved workflow" of an execution that went on and crashed in a later node: a new
 * execution on the stored data, in which the nodes of the stack are those of the saved workflow.
 */
export async function retryCrashed({ run, stored }: Resumption): Promise<WorkflowRun> {
	if (run === undefined || stored === undefined) throw new Error('The execution did not go on');
	const options = { ...run.options, executionId: undefined };
	const workflow = createWorkflow(options);
	const data = storedCopy(stored);
	for (const entry of data.executionData?.nodeExecutionStack ?? []) {
		entry.node = getNode(workflow, entry.node.name);
	}
	return await runWorkflow({ ...options, mode: 'retry', onStart: undefined, resume: data });
}

interface Target {
	executionId: string;
	suffix?: string;
	query: Record<string, string>;
}

function readTarget(parked: WorkflowRun, request: ResumeRequest): Target {
	const { run, options } = parked;
	if (request.url === undefined) {
		return {
			executionId: options.executionId,
			suffix: request.suffix,
			query: { signature: request.signature ?? run.data.resumeToken ?? '', ...request.query },
		};
	}
	const { pathname, searchParams } = new URL(request.url);
	const [, path = ''] = pathname.split('/webhook-waiting/');
	const [executionId = '', ...rest] = path.split('/').map(decodeURIComponent);
	return { executionId, suffix: rest.join('/'), query: Object.fromEntries(searchParams) };
}

function checkExecution(parked: WorkflowRun, target: Target, data: IRunExecutionData) {
	const { executionId, query } = target;
	if (executionId !== parked.options.executionId) {
		return refuse(404, `The execution "${executionId}" does not exist.`);
	}
	if (data.resumeToken && query.signature !== data.resumeToken) {
		return { ...refuse(401, ''), body: { error: 'Invalid token' } };
	}
	if (parked.status === 'waiting') return undefined;
	const how = data.resultData.error ? 'finished with error' : 'finished already';
	return refuse(409, `The execution "${executionId}" has ${how}.`);
}

function storedData(parked: WorkflowRun): IRunExecutionData {
	return storedCopy(parked.run.data);
}

/** The execution as it comes back from n8n's database, which stores it with flatted. */
function storedCopy(data: IRunExecutionData): IRunExecutionData {
	return parse(stringify(data));
}
