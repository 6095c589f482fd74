import { createHash } from 'node:crypto';
import type {
	FunctionsBase,
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { strayInApiKey } from './api/apiKey';
import { RunflowClient } from './api/client';
import { parseJson } from './api/body';
import { withoutKey } from './api/errorBody';
import type { Http, HttpAnswer, HttpRequest } from './api/http';
import { exchange } from './exchange';

type Door = IExecuteFunctions | IWebhookFunctions | ILoadOptionsFunctions;

const CREDENTIAL = 'runflowApi';

/**
 * The API with the credential that is chosen in the node, for a whole execution.
 * @param signal n8n's own, aborted when the user stops the execution
 */
export async function connect(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	signal?: AbortSignal,
): Promise<RunflowClient> {
	return connectWith(context, await context.getCredentials(CREDENTIAL), signal);
}

/** The API with a credential that has been read already. */
export function connectWith(
	context: Door,
	credential: ICredentialDataDecryptedObject,
	signal?: AbortSignal,
): RunflowClient {
	const http: Http = {
		send: async (request) => await send(context, credential, request, signal),
		isStopped: () => signal?.aborted === true,
	};
	const stray = strayInApiKey(String(credential.apiKey ?? '').trim());
	return new RunflowClient(http, credential.baseUrl, accountOf(credential), stray);
}

function accountOf({ baseUrl, apiKey }: ICredentialDataDecryptedObject): string {
	return createHash('sha256')
		.update(JSON.stringify([baseUrl, apiKey]))
		.digest('hex');
}

const underWay = new Map<string, Promise<ICredentialDataDecryptedObject>>();

/**
 * The credential, read once for callbacks to one node that come at the same time: n8n 2.41 starts a
 * sandbox of its own, some 100 ms of work, whenever a webhook reads a credential. A reading that has
 * ended is never used again.
 */
export async function readCredential(
	context: FunctionsBase & Pick<IWebhookFunctions, 'getCredentials'>,
): Promise<ICredentialDataDecryptedObject> {
	const { id, credentials } = context.getNode();
	const key = [context.getWorkflow().id, id, credentials?.[CREDENTIAL]?.id].join('/');
	const reading =
		underWay.get(key) ??
		context
			.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL)
			.finally(() => underWay.delete(key));
	underWay.set(key, reading);
	return await reading;
}

async function send(
	context: Door,
	credential: ICredentialDataDecryptedObject,
	request: HttpRequest,
	signal: AbortSignal | undefined,
): Promise<HttpAnswer> {
	const { helpers } = context;
	const answer = await exchange(request, signal, async (options) =>
		request.isAuthenticated
			? await helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, options, {
					credentialsDecrypted: { id: '', name: '', type: CREDENTIAL, data: credential },
				})
			: await helpers.httpRequest(options),
	);
	const text = answer.status < 300 ? answer.text : withoutKey(answer.text, credential.apiKey);
	return { ...answer, body: parseJson(text) };
}
