import type {
	ICredentialDataDecryptedObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import type { RunflowClient } from '../api/client';
import { connectWith, readCredential } from '../connect';
import { readRawBody } from './body';
import { RETRY_AFTER_SECONDS } from './load';
import type { Load } from './load';
import { secretsIn } from './secrets';
import { findHeaderProblem, findSignatureProblem } from './signature';
import type { SignatureProblem } from './signature';

/** What a handler wants done with a callback. */
export interface Decision {
	/** HTTP status of the answer: 2xx keeps Runflow from delivering the callback again. */
	status: number;
	/** What the sender reads; nothing in it may come from the API or from the callback. */
	message: string;
	/** A line for n8n's log, without its subject: the receiver puts that in front. */
	log?: { level: 'debug' | 'info' | 'warn'; text: string };
	/** The items, by output, that an execution starts or goes on with. */
	start?: INodeExecutionData[][];
}

/** One that callbacks are meant for. */
export interface Door {
	/** Whether callbacks have to be signed; `ifSecretIsSet`: when the credential has a secret. */
	signed: 'always' | 'ifSecretIsSet' | 'never';
	/**
	 * Who answers a callback that starts something. `receiver`: before n8n starts it, for n8n 2.41
	 * does not keep what a trigger remembers when it has to answer by itself. `n8n`: once it has.
	 */
	answeredBy: 'receiver' | 'n8n';
	/** Bounds how many are handled at a time. */
	load?: Load;
	/**
	 * Decides about a callback that is genuine as far as `signed` asks for. What it still asks of the
	 * API when it has decided is ended, unless it connects with a signal of its own.
	 */
	handle: (
		rawBody: Buffer,
		connect: (own?: AbortSignal) => Promise<RunflowClient>,
	) => Promise<Decision>;
}

/**
 * Receives a callback: reads it, checks its signature, asks the handler, answers and logs. Never
 * throws, for n8n 2.41 would start or resume an execution with empty data: whatever goes wrong is
 * answered with a status that makes Runflow deliver again.
 * @param name who writes in n8n's log
 * @param describe reads what the door needs to know; it may throw
 */
export async function receive(
	context: IWebhookFunctions,
	name: string,
	describe: () => Door,
): Promise<IWebhookResponseData> {
	const answered = new AbortController();
	try {
		const door = describe();
		const problem = findCheapProblem(context, door.signed);
		const handle = async () => await verifyAndHandle(context, door, answered.signal);
		const take = async () => (door.load ? await door.load.take(handle) : await handle());
		const decision = problem ? refusal(problem) : await take();
		return answer(context, name, decision ?? overload(context), door.answeredBy);
	} catch (error) {
		const reason = error instanceof Error ? error.message : 'unknown reason';
		context.logger.error(`${name} could not handle a callback: ${reason}`);
		return decline(context, 503, 'The callback could not be handled; deliver it again');
	} finally {
		answered.abort();
	}
}

function readOnce(context: IWebhookFunctions): () => Promise<ICredentialDataDecryptedObject> {
	let reading: Promise<ICredentialDataDecryptedObject> | undefined;
	return async () => await (reading ??= readCredential(context));
}

/**
 * What costs little is checked first: above version 1 the body of an unusual type is not read yet,
 * and to read a credential n8n starts a sandbox of its own.
 */
function findCheapProblem(
	context: IWebhookFunctions,
	signed: Door['signed'],
): SignatureProblem | undefined {
	return signed === 'always' ? findHeaderProblem(signatureOf(context)) : undefined;
}

async function verifyAndHandle(
	context: IWebhookFunctions,
	{ signed, handle }: Door,
	signal: AbortSignal,
): Promise<Decision> {
	const credential = readOnce(context);
	const secrets = signed === 'never' ? [] : secretsIn(await credential());
	const rawBody = await readRawBody(context);
	const isChecked = signed === 'always' || secrets.length > 0;
	const problem = isChecked
		? findSignatureProblem(rawBody, signatureOf(context), secrets)
		: undefined;
	if (problem !== undefined) return refusal(problem);
	return await handle(rawBody, async (own = signal) =>
		connectWith(context, await credential(), own),
	);
}

function signatureOf(context: IWebhookFunctions): unknown {
	const headers: Record<string, unknown> = { ...context.getHeaderData() };
	return headers['runflow-signature'];
}

function overload(context: IWebhookFunctions): Decision {
	context.getResponseObject().setHeader('Retry-After', RETRY_AFTER_SECONDS);
	return {
		status: 503,
		message: 'Too many callbacks at once; deliver it again',
		log: { level: 'warn', text: 'got too many callbacks at once and asked for another delivery' },
	};
}

function refusal(problem: SignatureProblem): Decision {
	return {
		status: 401,
		message: 'The callback is not signed as it should be',
		log: { level: 'warn', text: `refused a callback: ${problem}` },
	};
}

function answer(
	context: IWebhookFunctions,
	name: string,
	{ status, message, log, start }: Decision,
	answeredBy: Door['answeredBy'],
): IWebhookResponseData {
	if (log !== undefined) context.logger[log.level](`${name} ${log.text}`);
	if (start === undefined) return decline(context, status, message);
	const webhookResponse = { received: true, message };
	if (answeredBy === 'n8n') return { webhookResponse, workflowData: start };
	context.getResponseObject().status(status).json({ received: true });
	return { noWebhookResponse: true, workflowData: start };
}

function decline(
	context: IWebhookFunctions,
	status: number,
	message: string,
): IWebhookResponseData {
	context
		.getResponseObject()
		.status(status)
		.json({ received: status < 300, message });
	return { noWebhookResponse: true };
}
