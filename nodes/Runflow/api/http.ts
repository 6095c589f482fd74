import type { IDataObject } from 'n8n-workflow';

import { networkFailure, STOPPED } from './failure';
import { isObject } from './read';
import type { Attempt, RequestPurpose } from './attempt';

/** One HTTP request, ready to be sent by whatever sends requests. */
export interface HttpRequest {
	method: 'GET' | 'POST' | 'PATCH' | 'PUT';
	url: string;
	query?: Record<string, string>;
	headers: Record<string, string | number>;
	/** An object is sent as JSON. */
	body?: IDataObject | NodeJS.ReadableStream | Buffer;
	timeoutMs: number;
	/** Whether the API key goes along. */
	isAuthenticated: boolean;
}

/** An answer of any status; a JSON body is parsed. */
export interface HttpAnswer {
	status: number;
	headers: IDataObject;
	body: unknown;
}

/**
 * Sends a request, follows no redirect and answers with any status. Rejects when no answer came;
 * the error or one of its causes then has the network's `code`.
 */
export interface Http {
	send(request: HttpRequest): Promise<HttpAnswer>;
	/** Whether the user stopped the execution. */
	isStopped(): boolean;
}

/** Makes one request and sends it; what happens on the way is a failure and never thrown. */
export async function attempt(
	http: Http,
	purpose: RequestPurpose,
	makeRequest: () => HttpRequest | Promise<HttpRequest>,
): Promise<Attempt<HttpAnswer>> {
	try {
		return { ok: true, value: await http.send(await makeRequest()) };
	} catch (error) {
		if (http.isStopped()) return { ok: false, failure: STOPPED };
		return { ok: false, failure: networkFailure(purpose, networkCode(error)) };
	}
}

/** An answer as an HTTP library gives it, read with care; undefined when it is none. */
export function readHttpAnswer(response: unknown): HttpAnswer | undefined {
	if (!isObject(response) || typeof response.statusCode !== 'number') return undefined;
	const { statusCode: status, headers, body } = response;
	return { status, headers: isObject(headers) ? headers : {}, body };
}

/** n8n wraps network errors; the code of the network is on the error or on one of its causes. */
function networkCode(error: unknown): string | undefined {
	for (let cause = error; cause instanceof Error; cause = cause.cause) {
		const code: unknown = Reflect.get(cause, 'code') ?? Reflect.get(cause, 'httpCode');
		if (typeof code === 'string' && /^[A-Z_]{4,}$/.test(code)) return code;
	}
	return undefined;
}
