import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Attempt } from '../api/attempt';
import type { RunflowClient } from '../api/client';
import { isObject } from '../api/read';
import type { EvaluationRequest } from '../api/types';
import type { Image } from '../parameters/image';
import type { SubmissionPlan } from './keys';

/**
 * Uploads the files of submissions, each file once, whatever field it comes from. What was uploaded is
 * remembered with the execution, so that n8n's Retry On Fail sends the very same request again:
 * under the same idempotency key another body would be refused.
 */
export class Uploads {
	private readonly known: IDataObject;
	private readonly underWay = new Map<string, Promise<Attempt<string>>>();

	constructor(
		context: IExecuteFunctions,
		private readonly client: RunflowClient,
	) {
		const store: IDataObject = context.getContext('node');
		if (!isObject(store.uploads)) store.uploads = {};
		this.known = isObject(store.uploads) ? store.uploads : {};
	}

	/** The request for a submission, once its files are at Runflow. */
	async requestFor(submission: SubmissionPlan): Promise<Attempt<EvaluationRequest>> {
		const { image, references, facts, idempotencyKey } = submission;
		const main = await this.addressOf(image, idempotencyKey);
		if (!main.ok) return main;
		const reference_images: EvaluationRequest['reference_images'] = [];
		for (const { image: reference, kind, description } of references) {
			const address = await this.addressOf(reference, idempotencyKey);
			if (!address.ok) return address;
			reference_images.push({ url: address.value, kind, description });
		}
		const value: EvaluationRequest = { generated_image_url: main.value, ...facts };
		if (reference_images.length > 0) value.reference_images = reference_images;
		return { ok: true, value };
	}

	private async addressOf(image: Image, owner: string): Promise<Attempt<string>> {
		if (typeof image === 'string') return { ok: true, value: image };
		const { bytes, mimeType, identity } = image;
		const place = [owner, identity, bytes, mimeType].join('|');
		const address = this.known[place];
		if (typeof address === 'string') return { ok: true, value: address };
		const upload = this.underWay.get(place) ?? this.client.upload(image);
		this.underWay.set(place, upload);
		const attempt = await upload;
		this.underWay.delete(place);
		if (attempt.ok) this.known[place] = attempt.value;
		return attempt;
	}
}
