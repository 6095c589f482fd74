import type { Attempt } from '../api/attempt';
import type { RunflowClient } from '../api/client';
import type { EvaluationRequest, ImageFile } from '../api/types';
import { sha256 } from './keys';
import type { ExecutionMemory } from './memory';
import type { Row } from './rows';

/**
 * Uploads the files of rows, each content once. Where it is at Runflow is remembered with the
 * execution, so that a retry sends the very same request again: under the same idempotency key
 * another one may be refused.
 */
export class Uploads {
	private readonly underWay = new Map<string, Promise<Attempt<string>>>();

	constructor(
		private readonly client: RunflowClient,
		private readonly memory: ExecutionMemory,
	) {}

	/** The request for a row, once its files are at Runflow. */
	async requestFor({ submission, digests }: Row): Promise<Attempt<EvaluationRequest>> {
		const { image, references, facts } = submission;
		const addressOf = async (each: typeof image) =>
			typeof each === 'string' ? done(each) : await this.upload(each, digests.get(each) ?? '');
		const main = await addressOf(image);
		if (!main.ok) return main;
		const reference_images: EvaluationRequest['reference_images'] = [];
		for (const { image: reference, kind, description } of references) {
			const address = await addressOf(reference);
			if (!address.ok) return address;
			reference_images.push({ url: address.value, kind, description });
		}
		const value: EvaluationRequest = { generated_image_url: main.value, ...facts };
		if (reference_images.length > 0) value.reference_images = reference_images;
		return { ok: true, value };
	}

	/** An account has no use for the assets of another. */
	private async upload(file: ImageFile, digest: string): Promise<Attempt<string>> {
		const content = sha256([this.client.account, digest]);
		const known = this.memory.uploaded(content);
		if (known !== undefined) return done(known);
		const upload = this.underWay.get(content) ?? this.client.upload(file);
		this.underWay.set(content, upload);
		const attempt = await upload;
		this.underWay.delete(content);
		if (attempt.ok) this.memory.rememberUpload(content, attempt.value);
		return attempt;
	}
}

function done(value: string): Attempt<string> {
	return { ok: true, value };
}
