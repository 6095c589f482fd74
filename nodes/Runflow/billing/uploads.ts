import type { Attempt } from '../api/attempt';
import type { EvaluationRequest, ImageFile } from '../api/types';
import { sha256 } from './keys';
import type { Row } from './rows';
import type { Store } from './store';
import type { Api } from './types';

/**
 * Uploads the files of rows, each content once for each asker, under an idempotency key of its own:
 * whoever asks the same again gets the same asset, and so sends the very same request. Where it is at
 * Runflow is remembered with the execution as well, for an API that ignores such keys.
 */
export class Uploads {
	private readonly underWay = new Map<string, Promise<Attempt<string>>>();

	constructor(
		private readonly api: Pick<Api, 'account' | 'upload'>,
		private readonly store: Store,
	) {}

	/** The request for a row, once its files are at Runflow. */
	async requestFor({ submission, digests, asker }: Row): Promise<Attempt<EvaluationRequest>> {
		const { image, references, facts } = submission;
		const addressOf = async (each: typeof image) =>
			typeof each === 'string'
				? done(each)
				: await this.upload(each, sha256(['upload', asker, digests.get(each)]));
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
	private async upload(file: ImageFile, key: string): Promise<Attempt<string>> {
		const content = sha256([this.api.account, key]);
		const known = this.store.uploaded(content);
		if (known !== undefined) return done(known);
		const upload = this.underWay.get(content) ?? this.api.upload(file, key);
		this.underWay.set(content, upload);
		const attempt = await upload;
		this.underWay.delete(content);
		if (attempt.ok) this.store.rememberUpload(content, attempt.value);
		return attempt;
	}
}

function done(value: string): Attempt<string> {
	return { ok: true, value };
}
