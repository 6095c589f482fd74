import type {
	ICredentialDataDecryptedObject,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { connectWith, readCredential } from '../connect';
import { BodyReader } from './body';
import { handleCallback } from './handle';
import type { Callback, Decision, Door } from './handle';
import { Logbook } from './logbook';
import { secretsIn } from './secrets';

/** Of all callbacks of this process. */
const bodies = new BodyReader();
const logbook = new Logbook();

/**
 * Receives a callback: decides about it, answers and logs. Never throws, for n8n 2.41 would start or
 * resume an execution with empty data: whatever goes wrong is answered with a status that makes
 * Runflow deliver again.
 * @param name who writes in n8n's log
 * @param answeredBy who answers a callback that starts something. `receiver`: before n8n starts it,
 * for n8n 2.41 does not keep what a trigger remembers when it has to answer by itself. `n8n`: once it
 * has
 * @param describe reads what the door needs to know; it may throw
 */
export async function receive(
	context: IWebhookFunctions,
	name: string,
	answeredBy: 'receiver' | 'n8n',
	describe: () => Door,
): Promise<IWebhookResponseData> {
	try {
		const decision = await handleCallback(callbackOf(context), describe());
		return answer(context, name, decision, answeredBy);
	} catch (error) {
		const reason = error instanceof Error ? error.message : 'unknown reason';
		write(context, name, 'error', `could not handle a callback: ${reason}`);
		const message = 'The callback could not be handled; deliver it again';
		return decline(context, { status: 503, message });
	}
}

/** The credential that callbacks to this node are read with: what is shared by account is shared by it. */
export function credentialIdOf(context: IWebhookFunctions): string {
	return context.getNode().credentials?.runflowApi?.id ?? '';
}

function callbackOf(context: IWebhookFunctions): Callback {
	let reading: Promise<ICredentialDataDecryptedObject> | undefined;
	const credential = async () => await (reading ??= readCredential(context));
	const headers: Record<string, unknown> = { ...context.getHeaderData() };
	return {
		signature: headers['runflow-signature'],
		readBody: async () => await bodies.read(context.getRequestObject()),
		readSecrets: async () => secretsIn(await credential()),
		connect: async (signal) => connectWith(context, await credential(), signal),
	};
}

function answer(
	context: IWebhookFunctions,
	name: string,
	decision: Decision,
	answeredBy: 'receiver' | 'n8n',
): IWebhookResponseData {
	const { status, message, log, start } = decision;
	if (log !== undefined) write(context, name, log.level, log.text);
	if (start === undefined) return decline(context, decision);
	const webhookResponse = { received: true, message };
	if (answeredBy === 'n8n') return { webhookResponse, workflowData: start };
	context.getResponseObject().status(status).json({ received: true });
	return { noWebhookResponse: true, workflowData: start };
}

function decline(
	context: IWebhookFunctions,
	{ status, message, headers = {} }: Decision,
): IWebhookResponseData {
	const response = context.getResponseObject();
	for (const [header, value] of Object.entries(headers)) response.setHeader(header, value);
	response.status(status).json({ received: status < 300, message });
	return { noWebhookResponse: true };
}

function write(
	context: IWebhookFunctions,
	name: string,
	level: 'debug' | 'info' | 'warn' | 'error',
	text: string,
): void {
	const writer = `${context.getWorkflow().id}/${context.getNode().id}`;
	const line = logbook.line(writer, text, performance.now());
	if (line !== undefined) context.logger[level](`${name} ${line}`);
}
