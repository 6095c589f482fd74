import { type FieldError, validationError } from './apiError';
import type { Assets } from './assets';
import type { EmulatorOptions } from './options';
import type { Submission } from './types';

const text = { type: 'string' };

/** JSON schema of the submit body: the documented fields and no others. */
export const submissionSchema = {
	type: 'object',
	required: ['generated_image_url', 'task_type'],
	additionalProperties: false,
	properties: {
		generated_image_url: text,
		task_type: { type: 'string', minLength: 1 },
		task_description: text,
		generation_prompt: text,
		evaluation_instructions: text,
		input_attributes: { type: 'object' },
		reference_images: {
			type: 'array',
			maxItems: 4,
			items: {
				type: 'object',
				required: ['url'],
				additionalProperties: false,
				properties: { url: text, kind: text, description: text },
			},
		},
		run_id: { type: 'string', format: 'uuid' },
		client_ref: text,
		job_class: text,
		callback_url: { type: 'string', format: 'uri', pattern: '^https?://' },
	},
};

const ASSET_URL = /^runflow:\/\/assets\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;
const DATA_IMAGE = /^data:image\/[\w.+-]+[;,]/i;

function isHttpsUrl(url: string): boolean {
	return url.startsWith('https://') && URL.canParse(url);
}

/** The checks that need more than a schema: media, job class, caps. */
export class SubmissionRules {
	constructor(
		private readonly options: EmulatorOptions,
		private readonly assets: Assets,
	) {}

	/** Throws a 422 that names every field at fault. */
	check(body: Submission, organization: string): void {
		const errors = [
			...this.checkMedia(body, organization),
			...this.checkCaps(body),
			...this.checkJobClass(body.job_class ?? 'standard'),
		];
		const httpsOnly = this.options.callbackUrlHttpsOnly;
		if (httpsOnly && body.callback_url !== undefined && !isHttpsUrl(body.callback_url)) {
			errors.push({ field: 'callback_url', message: 'Must be an https:// URL.' });
		}
		if (errors.length > 0) throw validationError(errors);
	}

	private checkMedia(body: Submission, organization: string): FieldError[] {
		const media = [{ field: 'generated_image_url', url: body.generated_image_url }];
		(body.reference_images ?? []).forEach(({ url }, index) => {
			media.push({ field: `reference_images.${index}.url`, url });
		});
		return media.flatMap(({ field, url }) => {
			const message = this.mediaFault(url, organization);
			return message === null ? [] : [{ field, message }];
		});
	}

	private mediaFault(url: string, organization: string): string | null {
		const { allowHttpPrefix } = this.options;
		if (isHttpsUrl(url) || DATA_IMAGE.test(url.slice(0, 200))) return null;
		if (allowHttpPrefix !== null && url.startsWith(allowHttpPrefix)) return null;
		const asset = ASSET_URL.exec(url)?.[1];
		if (asset === undefined) {
			return 'Must be an https:// URL, a runflow://assets/{uuid} reference or a data: image.';
		}
		return this.assets.isUsable(asset, organization) ? null : 'Unknown asset.';
	}

	private checkCaps(body: Submission): FieldError[] {
		return Object.entries(body).flatMap(([field, value]) => {
			const cap = this.options.lengthCaps[field];
			const tooLong = typeof value === 'string' && cap !== undefined && value.length > cap;
			return tooLong ? [{ field, message: `Must not be longer than ${cap} characters.` }] : [];
		});
	}

	private checkJobClass(code: string): FieldError[] {
		const jobClass = this.options.jobClasses.find((candidate) => candidate.code === code);
		if (jobClass === undefined) return [{ field: 'job_class', message: 'Unknown job class.' }];
		if (jobClass.is_active) return [];
		return [{ field: 'job_class', message: 'This job class is not active.' }];
	}
}
