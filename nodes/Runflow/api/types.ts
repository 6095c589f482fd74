import type { IDataObject } from 'n8n-workflow';

/** An evaluation as the API returns it: keys keep the API's names, nearly every field may be null. */
export type Evaluation = IDataObject & { id: string; status_code: string };

/** A kind of evaluation job, with the price of one evaluation as a decimal string of credits. */
export interface JobClass {
	code: string;
	name: string;
	price: string | null;
	is_active: boolean;
}

/** Body of `POST /v1/evaluations`; only fields that are set. */
export interface EvaluationRequest {
	generated_image_url: string;
	task_type: string;
	task_description?: string;
	generation_prompt?: string;
	evaluation_instructions?: string;
	input_attributes?: IDataObject;
	reference_images?: ReferenceImage[];
	run_id?: string;
	client_ref?: string;
	job_class?: string;
	callback_url?: string;
}

export interface ReferenceImage {
	url: string;
	kind?: string;
	description?: string;
}

/**
 * What a caller can do about a failed request:
 * `retry` a passing fault (network, 5xx, unreadable answer); `busy` the account takes no more right
 * now (429); `missing` nothing with that id, perhaps not yet; `rejected` this request will never
 * work; `closed` no request with this key will (401, 402, 403); `stopped` the user stopped the run.
 */
export type Reaction = 'retry' | 'busy' | 'missing' | 'rejected' | 'closed' | 'stopped';

export interface ApiFailure {
	reaction: Reaction;
	/** What happened, in one sentence without ids, URLs or text of the API. */
	message: string;
	/** What to do, with the API's own words where there are any. */
	description: string;
	/** HTTP status; absent when no answer came. */
	status?: number;
	/** The API's stable error code, e.g. `INSUFFICIENT_CREDIT`. */
	code?: string;
	/** How long the API asked to wait, in milliseconds. */
	retryAfterMs?: number;
}

/** The answer to one attempt: the value, or why there is none. Nothing is thrown. */
export type Attempt<T> =
	{ ok: true; value: T; pauseMs?: number } | { ok: false; failure: ApiFailure };
