/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { IncomingHttpHeaders } from 'node:http';

export type FaultKind =
	| 'dropBefore'
	| 'dropAfter'
	| 'status500'
	| 'status502'
	| 'status503'
	| 'slow'
	| 'truncatedJson'
	| 'html'
	| 'earlyNotFound'
	/** GET of an evaluation is answered with another one of the organization. */
	| 'otherEvaluation'
	/** The answer comes a byte at a time. */
	| 'drip';

/** An API key the emulator knows: its scopes and the organization it acts for. */
export interface ApiKey {
	key: string;
	scopes: string[];
	organization: string;
}

/** One request that arrived; `status` is 0 while unanswered and stays 0 when it was dropped. */
export interface RequestRecord {
	/** Milliseconds on the monotonic clock (`performance.now()`). */
	at: number;
	method: string;
	path: string;
	query: Record<string, string>;
	status: number;
	apiKey?: string;
	idempotencyKey?: string;
	fault?: FaultKind;
	headers: IncomingHttpHeaders;
}

export interface ReferenceImage {
	url: string;
	kind?: string;
	description?: string;
}

/** The body of `POST /v1/evaluations`. */
export interface Submission {
	generated_image_url: string;
	task_type: string;
	task_description?: string;
	generation_prompt?: string;
	evaluation_instructions?: string;
	input_attributes?: Record<string, unknown>;
	reference_images?: ReferenceImage[];
	run_id?: string;
	client_ref?: string;
	job_class?: string;
	callback_url?: string;
}

export interface FindingIssue {
	category: string;
	subcategory: string;
	detail: string;
}

/** What one judge found; the wire form adds ids and dates. */
export interface Finding {
	name: string;
	description: string;
	category: string;
	passed: boolean;
	confidence: number;
	weight: number;
	/** A failed gate fails the evaluation whatever the rate. */
	gate: boolean;
	reasoning: string;
	evidence: string[];
	sub_point_results: Record<string, unknown>;
	issues: FindingIssue[];
	/** Short label for `top_issues` or `top_strengths`. */
	label: string;
	/** What to do when this judge fails. */
	action: string;
}

/** How an evaluation ends, in the API's own names. */
export interface Outcome {
	status_code: 'completed' | 'failed';
	failure_code: string | null;
	failure_message?: string;
	overall_passed: boolean | null;
	weighted_pass_rate: number | null;
	override_reason: string | null;
	top_issues: string[];
	top_strengths: string[];
	check_summary: Record<string, unknown>;
	analysis_modules_executed: number | null;
	primary_action_code: string | null;
	judges: Finding[];
	gate_failures: string[];
	action: Record<string, unknown> | null;
}

/** What a test may say about one evaluation: its ending and how long it takes. */
export interface ScriptedOutcome extends Partial<Outcome> {
	latencyMs?: number | 'manual';
}

export interface Feedback {
	isPositive: boolean | null;
	reason: string | null;
}

/** One evaluation the emulator created. */
export interface EvaluationRecord {
	id: string;
	organization: string;
	idempotencyKey: string | null;
	clientRef: string | null;
	body: Submission;
	jobClass: string;
	/** Frozen at the submit, decimal string. */
	price: string;
	/** Milliseconds on the monotonic clock. */
	acceptedAt: number;
	/** Monotonic; the schedule until terminal, then the true time; null when nobody knows. */
	finishedAt: number | null;
	latencyMs: number | null;
	statusCode: string;
	terminal: boolean;
	billed: boolean;
	cost: string | null;
	outcome: Outcome | null;
	feedback: Feedback;
	/** Wall clock, milliseconds since the epoch. */
	submittedWallMs: number;
	updatedWallMs: number;
	completedWallMs: number | null;
}

/** One attempt to deliver a callback. */
export interface DeliveryRecord {
	/** Null for a run callback. */
	evaluationId: string | null;
	url: string;
	attempt: number;
	/** Milliseconds on the monotonic clock, at the start of the attempt. */
	at: number;
	status: number | 'timeout' | 'error';
	/** As it was sent; absent on what is unsigned. */
	signature?: string;
	body: string;
}

export interface Ledger {
	submitted: number;
	billed: number;
	/** Exact sum of what was billed, decimal string. */
	total: string;
	/** client_refs (or idempotency keys) that have more than one billed evaluation. */
	billedTwice: string[];
}
