import type { IDataObject } from 'n8n-workflow';

import { networkFailure, STOPPED } from './failure';
import { networkCode, traceIn } from './networkError';
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
	/** Whether its answer is worth hearing after the execution was stopped: what it asks for is paid. */
	outlivesStop?: boolean;
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
	/** Whether a proxy would read what is sent to an address; absent where there is none. */
	isExposed?(address: string): Promise<boolean>;
	/** Whether the user stopped the execution. */
	isStopped(): boolean;
}

/** Makes one request and sends it; what happens on the way is a failure and never thrown. */
export async function attempt(
	http: Http,
	purpose: RequestPurpose,
	makeRequest: () => HttpRequest | Promise<HttpRequest>,
): Promise<Attempt<HttpAnswer>> {
	let url = '';
	try {
		const request = await makeRequest();
		url = request.url;
		return { ok: true, value: await http.send(request) };
	} catch (error) {
		if (http.isStopped()) return { ok: false, failure: STOPPED };
		return { ok: false, failure: networkFailure(purpose, networkCode(error), traceIn(error, url)) };
	}
}

/** An answer as an HTTP library gives it, read with care; undefined when it is none. */
export function readHttpAnswer(response: unknown): HttpAnswer | undefined {
	if (!isObject(response) || typeof response.statusCode !== 'number') return undefined;
	const { statusCode: status, headers, body } = response;
	return { status, headers: isObject(headers) ? headers : {}, body };
}
