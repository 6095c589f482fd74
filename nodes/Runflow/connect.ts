import { createHash } from 'node:crypto';
import type {
	FunctionsBase,
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INode,
	IWebhookFunctions,
} from 'n8n-workflow';

import { strayInApiKey } from './api/apiKey';
import { RunflowClient } from './api/client';
import { parseJson } from './api/body';
import { hiding } from './api/errorBody';
import type { Http, HttpRequest } from './api/http';
import { isObject } from './api/read';
import { exchange } from './exchange';
import type { TextAnswer } from './exchange';
import { isExposed } from './proxy';

type AnyContext = IExecuteFunctions | IWebhookFunctions | ILoadOptionsFunctions;

const CREDENTIAL = 'runflowApi';

export const hasCredential = ({ credentials }: INode): boolean =>
	credentials?.[CREDENTIAL] !== undefined;

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

/** Behind every item: an expression of the item gives nothing there. */
const NO_ITEM = 1_000_000_000;

/** The place of an item whose account is not that of the first. */
export interface OtherAccount {
	otherAt: number;
}

/**
 * The API for all items together. An expression in the credential may give each item an account of
 * its own: then the place of the first that differs. Reading a credential takes n8n a query of its
 * database, so each item's is read only where the credential depends on the item at all.
 */
export async function connectForAll(
	context: IExecuteFunctions,
): Promise<RunflowClient | OtherAccount> {
	const credential = await context.getCredentials(CREDENTIAL, 0);
	const account = accountOf(credential);
	const isOther = async (itemIndex: number) => !(await hasAccount(context, itemIndex, account));
	const items = context.getInputData();
	if (items.length > 1 && (await isOther(NO_ITEM))) {
		for (const itemIndex of items.keys()) {
			if (await isOther(itemIndex)) return { otherAt: itemIndex };
		}
	}
	return connectWith(context, credential, context.getExecutionCancelSignal?.());
}

async function hasAccount(
	context: IExecuteFunctions,
	itemIndex: number,
	account: string,
): Promise<boolean> {
	try {
		return accountOf(await context.getCredentials(CREDENTIAL, itemIndex)) === account;
	} catch {
		return false;
	}
}

/** The API with a credential that has been read already. */
export function connectWith(
	context: AnyContext,
	credential: ICredentialDataDecryptedObject,
	signal?: AbortSignal,
): RunflowClient {
	const withoutKey = hiding(credential.apiKey);
	const http: Http = {
		send: async (request) => {
			const { text, ...answer } = await send(context, credential, request, signal);
			return { ...answer, body: parseJson(withoutKey(text)) };
		},
		isExposed: async (address) =>
			await isExposed(address, async (options) => await context.helpers.httpRequest(options)),
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

/** When a credential that was changed counts for callbacks, at the latest. */
const READING_LIFE_MS = 5_000;

interface Reading {
	credential: Promise<ICredentialDataDecryptedObject>;
	/** Of `performance.now()`. */
	until: number;
}

const readings = new Map<string, Reading>();

/**
 * The credential for a callback to a node, read once for all that come within seconds: n8n 2.41
 * starts a sandbox of its own, some 100 ms of work, whenever a webhook reads a credential, and asks
 * its database through the few connections that all callbacks share.
 */
export async function readCredential(
	context: FunctionsBase & Pick<IWebhookFunctions, 'getCredentials'>,
): Promise<ICredentialDataDecryptedObject> {
	const { id, credentials } = context.getNode();
	const key = [context.getWorkflow().id, id, credentials?.[CREDENTIAL]?.id].join('/');
	for (const [other, { until }] of readings) if (until < performance.now()) readings.delete(other);
	const { credential } = readings.get(key) ?? startReading(key, context);
	return await credential;
}

function startReading(key: string, context: Pick<IWebhookFunctions, 'getCredentials'>): Reading {
	const credential = context.getCredentials<ICredentialDataDecryptedObject>(CREDENTIAL);
	// A reading that does not come to an end is begun anew.
	const reading = { credential, until: performance.now() + READING_LIFE_MS };
	readings.set(key, reading);
	const keep = () => (reading.until = performance.now() + READING_LIFE_MS);
	const forget = () => readings.get(key) === reading && readings.delete(key);
	void credential.then(keep, forget);
	return reading;
}

const READINESS_LIMIT_MS = 5_000;

/**
 * Asks n8n itself, by the address that a webhook's request came to, whether it has started. Where it
 * may not be asked so (a path of its own, a proxy, its protection of internal addresses), it does not tell.
 */
export async function readReadiness(
	context: IWebhookFunctions,
): Promise<'ready' | 'starting' | undefined> {
	try {
		const { socket } = context.getRequestObject();
		const { localAddress = '', localPort } = socket;
		const host = localAddress.includes(':') ? `[${localAddress}]` : localAddress;
		const url = `${'encrypted' in socket ? 'https' : 'http'}://${host}:${localPort}/healthz/readiness`;
		const request = { url, headers: {}, timeoutMs: READINESS_LIMIT_MS, isAuthenticated: false };
		const { status, text } = await exchange(
			{ ...request, method: 'GET' },
			undefined,
			async (options) =>
				await context.helpers.httpRequest({ ...options, skipSslCertificateValidation: true }),
		);
		const body = parseJson(text);
		const said = isObject(body) ? body.status : undefined;
		if (status === 200 && said === 'ok') return 'ready';
		return status === 503 && said === 'error' ? 'starting' : undefined;
	} catch {
		return undefined;
	}
}

/** n8n ends such requests with the execution, whatever signal they come with. */
function endedBy(context: AnyContext, { abortSignal }: IHttpRequestOptions): AnyContext {
	return Object.create(context, { getExecutionCancelSignal: { value: () => abortSignal } });
}

async function send(
	context: AnyContext,
	credential: ICredentialDataDecryptedObject,
	request: HttpRequest,
	signal: AbortSignal | undefined,
): Promise<TextAnswer> {
	const { helpers } = context;
	const until = request.outlivesStop === true ? undefined : signal;
	return await exchange(request, until, async (options) =>
		request.isAuthenticated
			? await helpers.httpRequestWithAuthentication.call(
					endedBy(context, options),
					CREDENTIAL,
					options,
					{
						credentialsDecrypted: { id: '', name: '', type: CREDENTIAL, data: credential },
					},
				)
			: await helpers.httpRequest(options),
	);
}
