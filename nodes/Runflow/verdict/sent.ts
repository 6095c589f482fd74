import type { Evaluation, EvaluationRequest } from '../api/types';

/**
 * An evaluation as it was accepted, with what was just sent wherever the answer does not say it:
 * an item that was only submitted then tells which image and which row it is about.
 */
export function withRequest(evaluation: Evaluation, request: EvaluationRequest): Evaluation {
	const { generated_image_url, task_type, client_ref, run_id, job_class } = request;
	const sent = { generated_image_url, task_type, client_ref, run_id, job_class_code: job_class };
	const unsaid = Object.entries(sent).filter(
		([field, value]) => value !== undefined && (evaluation[field] ?? null) === null,
	);
	return { ...evaluation, ...Object.fromEntries(unsaid) };
}
