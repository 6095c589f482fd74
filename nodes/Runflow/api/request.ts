import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { readRateLimitPauseMs, readRetryAfterMs } from './backoff';
import { readBaseUrl } from './baseUrl';
import type { BaseUrlProblem } from './baseUrl';
import { readCredential } from './credential';
import { httpFailure, networkFailure, STOPPED, unreadableFailure } from '../messages/failure';
import type { RequestPurpose } from '../messages/failure';
import { isObject } from './read';
import type { ApiFailure, Attempt } from './types';

export type RunflowContext = IExecuteFunctions | IWebhookFunctions | ILoadOptionsFunctions;

export interface ApiRequest<T> extends RequestPurpose {
	method: IHttpRequestMethods;
	/** Path below the Base URL, e.g. `/v1/auth/me`; parts from users must be encoded. */
	path: string;
	query?: IDataObject;
	body?: IDataObject;
	timeoutMs?: number;
	/** Reads the answer's body; undefined when it is not what the API promises. */
	read: (body: unknown) => T | undefined;
}

const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * Sends one request with the Runflow API credential and reads status and body itself.
 * Never throws for what happens on the way: a failure comes back with its sentences.
 * Redirects are not followed, since the API key would travel along.
 */
export async function send<T>(
	context: RunflowContext,
	request: ApiRequest<T>,
): Promise<Attempt<T>> {
	const credential = await readCredential(context);
	const base = readBaseUrl(credential.baseUrl);
	if ('problem' in base) return { ok: false, failure: badCredential(base) };

	let response: unknown;
	try {
		response = await context.helpers.httpRequestWithAuthentication.call(
			context,
			'runflowApi',
			httpOptions(base.url, request),
			{ credentialsDecrypted: { id: '', name: '', type: 'runflowApi', data: credential } },
		);
	} catch (error) {
		if (isStopped(context)) return { ok: false, failure: STOPPED };
		return { ok: false, failure: networkFailure(networkCode(error), request) };
	}
	return readAnswer(response, request);
}

function httpOptions<T>(baseUrl: string, request: ApiRequest<T>): IHttpRequestOptions {
	const { method, path, query, body, idempotencyKey, timeoutMs = DEFAULT_TIMEOUT_MS } = request;
	return {
		method,
		url: `${baseUrl}${path}`,
		qs: query,
		body,
		headers: {
			...(body !== undefined && { 'Content-Type': 'application/json' }),
			...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }),
		},
		timeout: timeoutMs,
		json: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
}

function readAnswer<T>(response: unknown, request: ApiRequest<T>): Attempt<T> {
	if (!isObject(response) || typeof response.statusCode !== 'number') {
		return { ok: false, failure: networkFailure(undefined, request) };
	}
	const { statusCode, body } = response;
	const headers = isObject(response.headers) ? response.headers : {};
	if (statusCode < 200 || statusCode > 299) {
		const failure = httpFailure(statusCode, body, request);
		const retryAfterMs = readRetryAfterMs(headers['retry-after'], Date.now());
		return { ok: false, failure: { ...failure, retryAfterMs } };
	}
	const value = request.read(body);
	if (value === undefined) {
		return { ok: false, failure: unreadableFailure(statusCode, body, request) };
	}
	return { ok: true, value, pauseMs: readRateLimitPauseMs(headers, Date.now()) };
}

function badCredential({ problem, advice }: BaseUrlProblem): ApiFailure {
	return { reaction: 'closed', message: problem, description: advice };
}

export function isStopped(context: RunflowContext): boolean {
	return (
		'getExecutionCancelSignal' in context && context.getExecutionCancelSignal()?.aborted === true
	);
}

/** n8n wraps network errors; the code of the network is on the error or on one of its causes. */
export function networkCode(error: unknown): string | undefined {
	for (let cause = error; cause instanceof Error; cause = cause.cause) {
		const code: unknown = Reflect.get(cause, 'code') ?? Reflect.get(cause, 'httpCode');
		if (typeof code === 'string' && /^[A-Z_]{4,}$/.test(code)) return code;
	}
	return undefined;
}
