import type { IDataObject } from 'n8n-workflow';

import type { Attempt, RequestPurpose } from './attempt';
import { answerFailure, unreadableFailure } from './failure';
import type { HttpAnswer, HttpRequest } from './http';
import { readRateLimitPauseMs, readRetryAfterMs } from './rateLimit';
import { isTooDeep, shallow } from './read';

/** One call of the API. */
export interface ApiCall<T> extends RequestPurpose {
	method: HttpRequest['method'];
	/** Path below the Base URL, e.g. `/v1/auth/me`; parts from users must be encoded. */
	path: string;
	query?: Record<string, string>;
	body?: IDataObject;
	headers?: Record<string, string>;
	timeoutMs?: number;
	/** Reads the answer's body; undefined when it is not what the API promises. */
	read: (body: unknown) => T | undefined;
	/** Reads the same from the `Location` of an answer whose body tells nothing. */
	readLocation?: (location: unknown) => T | undefined;
}

/**
 * What an answer comes to: its value, or the facts of a failure.
 * @param nowMs by Runflow's clock
 */
export function readAnswer<T>(answer: HttpAnswer, call: ApiCall<T>, nowMs: number): Attempt<T> {
	const { status, headers } = answer;
	const body = bodyOf(answer, call);
	const isGood = status >= 200 && status <= 299;
	const value = isGood ? call.read(body) : undefined;
	const found =
		value ?? (isGood || status === 303 ? call.readLocation?.(headers.location) : undefined);
	if (found !== undefined) {
		return { ok: true, value: found, pauseMs: readRateLimitPauseMs(headers, nowMs) };
	}
	if (isGood) return { ok: false, failure: unreadableFailure(status, body, purposeOf(call)) };
	const failure = answerFailure(status, body, purposeOf(call));
	const retryAfterMs = readRetryAfterMs(headers['retry-after'], nowMs);
	const isReplayed = String(headers['idempotent-replayed']).toLowerCase() === 'true';
	return { ok: false, failure: { ...failure, retryAfterMs, ...(isReplayed && { isReplayed }) } };
}

/** What was accepted is billed: its id is read whatever else there is. */
function bodyOf<T>({ body }: HttpAnswer, { isSubmit }: ApiCall<T>): unknown {
	if (!isTooDeep(body)) return body;
	return isSubmit ? shallow(body) : undefined;
}

/** What a request is about, without how it is made. */
export function purposeOf({ scope, subject, id, isSubmit }: RequestPurpose): RequestPurpose {
	return { scope, subject, id, isSubmit };
}
