import type { ApiFailure } from '../api/attempt';
import type { Evaluation, EvaluationRequest } from '../api/types';

/** Whether a submit was refused because of its idempotency key. */
export function isConflict({ status, code, said }: ApiFailure): boolean {
	const aboutKey = /idempoten/i.test(`${code} ${said}`);
	return status === 409 || ((status === 400 || status === 422) && aboutKey);
}

export function saysInProgress({ code, said }: ApiFailure): boolean {
	return /progress|concurrent|processing|lock/i.test(`${code} ${said}`);
}

/** Whether an evaluation that a refusal names is about the image that was submitted. */
export function isAbout(request: EvaluationRequest, evaluation: Evaluation): boolean {
	const { generated_image_url, client_ref } = evaluation;
	if (typeof generated_image_url === 'string') {
		return generated_image_url === request.generated_image_url;
	}
	return request.client_ref !== undefined && client_ref === request.client_ref;
}
