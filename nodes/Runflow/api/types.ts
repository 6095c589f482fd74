import type { IDataObject } from 'n8n-workflow';

/** An evaluation as the API returns it: keys keep the API's names, nearly every field may be null. */
export type Evaluation = IDataObject & { id: string; status_code: string };

/** Details that the API adds to an evaluation only when asked for. */
export type Embed = 'judges' | 'action' | 'gate_failures';

/** A kind of evaluation job, with the price of one evaluation as a decimal string of credits. */
export interface JobClass {
	code: string;
	name: string;
	price: string | null;
	is_active: boolean;
}

/** What an account has left: decimal strings of its currency. */
export interface Balance {
	balance: string;
	currency: string;
	/** Below this Runflow itself warns, where somebody set it. */
	lowBalanceThreshold?: string;
}

/** A page of a list, newest first. */
export interface EvaluationPage {
	evaluations: Evaluation[];
	/** What to ask for the next page with. */
	next?: Record<string, string>;
	/** Whether there are more, and nothing says how to ask for them. */
	isCut: boolean;
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

/** Body of `PATCH /v1/evaluations/{id}/feedback`; null clears what was said before. */
export interface Feedback {
	is_positive: boolean | null;
	reason?: string;
}

/** An image file on its way to Runflow. */
export interface ImageFile {
	fileName: string;
	mimeType: string;
	bytes: number;
	/** Opens the content anew: a stream can be sent only once. */
	open: () => Promise<NodeJS.ReadableStream | Buffer>;
}
