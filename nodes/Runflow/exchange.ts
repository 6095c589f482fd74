import { sleep } from 'n8n-workflow';
import type { IHttpRequestOptions } from 'n8n-workflow';

import { isStream, readBody } from './api/body';
import { readHttpAnswer } from './api/http';
import { LivedTime } from './api/livedTime';
import { SLICE_MS } from './api/policy';
import type { HttpAnswer, HttpRequest } from './api/http';

/** n8n's own time limit, so much longer than ours. */
const FAR_BEYOND_MS = 24 * 60 * 60_000;
const READING_MS = 20;
/** Errors that are there already: each request would make its own, with a stack that nobody reads. */
const OVER = new Error('The request is over');
const LATE = Object.assign(new Error('The answer took too long'), { code: 'ETIMEDOUT' });

type SendRequest = (options: IHttpRequestOptions) => Promise<unknown>;
export type TextAnswer = Omit<HttpAnswer, 'body'> & { text: string };

/**
 * Sends a request with n8n's HTTP client and reads the answer as text, all within the request's
 * time and a bounded size: an answer that drips or never ends is cut off and its connection closed.
 */
export async function exchange(
	request: HttpRequest,
	signal: AbortSignal | undefined,
	sendRequest: SendRequest,
): Promise<TextAnswer> {
	const cut = new AbortController();
	const stop = () => cut.abort();
	signal?.addEventListener('abort', stop);
	const ended = new AbortController();
	const reading = readText(sendRequest(httpOptions(request, cut.signal)), cut.signal);
	const tooLate = pass(request.timeoutMs, ended.signal);
	try {
		return await Promise.race([reading, tooLate.then(late)]);
	} finally {
		ended.abort(OVER);
		cut.abort(OVER);
		signal?.removeEventListener('abort', stop);
	}
}

/** Ends after `ms` in which this process lived; early and in silence when it is aborted. */
async function pass(ms: number, signal: AbortSignal): Promise<void> {
	const lived = new LivedTime();
	for (let left = ms; left > 0 && !signal.aborted;) {
		const since = performance.now();
		await sleep(Math.min(left, SLICE_MS), signal).catch(() => {});
		left -= lived.count(performance.now() - since);
	}
	// What came at the same moment is read first.
	if (!signal.aborted) await sleep(READING_MS, signal).catch(() => {});
}

async function readText(sending: Promise<unknown>, signal: AbortSignal): Promise<TextAnswer> {
	const answer = readHttpAnswer(await sending);
	if (answer === undefined) throw new TypeError('The HTTP client gave no answer');
	const { status, headers, body } = answer;
	if (!isStream(body)) return { status, headers, text: textOf(body) };
	// n8n gives the operations its own signal: leaving the stream ends the connection everywhere.
	if (signal.aborted) body.destroy();
	signal.addEventListener('abort', () => body.destroy());
	return { status, headers, text: await readBody(body, status > 299) };
}

/** What n8n's client gives in place of a stream, e.g. when its own evaluation mode answers. */
function textOf(body: unknown): string {
	return typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
}

function late(): never {
	throw LATE;
}

function httpOptions(request: HttpRequest, abortSignal: AbortSignal): IHttpRequestOptions {
	const { method, url, query, headers, body, timeoutMs, isAuthenticated } = request;
	return {
		method,
		url,
		qs: query,
		body,
		headers,
		// Ours ends it; n8n's would throw away what lies in the socket of a process that stood still.
		timeout: timeoutMs + FAR_BEYOND_MS,
		json: isAuthenticated,
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		abortSignal,
	};
}
