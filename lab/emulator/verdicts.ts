/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';

import type { Assets } from './assets';
import { judge, readExpectation } from './judges';
import { measure, type Measurements } from './measure';
import type { EmulatorOptions } from './options';
import { decide, failedOutcome, imagine, undecidedOutcome } from './outcome';
import { draw, pick } from './random';
import type { EvaluationRecord, Outcome, ScriptedOutcome, Submission } from './types';

const ASSET_REFERENCE = /^runflow:\/\/assets\/([0-9a-f-]{36})$/i;
const DATA_URI = /^data:image\/[\w.+-]+(;[\w=-]+)*,/i;

interface Place {
	cacheKey: string;
	image: string | Buffer;
}

function decodeDataUri(uri: string, header: string): Buffer {
	const payload = uri.slice(header.length);
	if (/;base64,$/i.test(header)) return Buffer.from(payload, 'base64');
	return Buffer.from(decodeURIComponent(payload));
}

/** The usual verdict with the words of the test laid over it. */
function applyScript(usual: Outcome, script: ScriptedOutcome, imagined: Outcome): Outcome {
	const words = { ...script };
	delete words.latencyMs;
	if (words.status_code === 'failed' || typeof words.failure_code === 'string') {
		return { ...failedOutcome(words.failure_code ?? 'processing_failed'), ...words };
	}
	if (words.overall_passed === null) return { ...undecidedOutcome(), ...words };
	const agrees = (words.overall_passed ?? usual.overall_passed) === usual.overall_passed;
	return { ...(agrees ? usual : imagined), ...words };
}

/** Comes to verdicts: looks at images within reach and makes up the rest. */
export class Verdicts {
	private readonly cache = new Map<string, Promise<Measurements>>();

	constructor(
		private readonly options: EmulatorOptions,
		private readonly assets: Assets,
	) {}

	/** What the test's options say about this evaluation. */
	script(body: Submission, record: EvaluationRecord): ScriptedOutcome {
		const { outcome } = this.options;
		if (outcome === null) return {};
		if (typeof outcome === 'function') return outcome(body, record) ?? {};
		return outcome[record.clientRef ?? ''] ?? outcome[body.generated_image_url] ?? {};
	}

	/** Starts looking at once, so that a long latency hides the work. Never rejects. */
	async look(record: EvaluationRecord): Promise<Outcome> {
		const { body } = record;
		try {
			const references = body.reference_images ?? [];
			await Promise.all(references.map(async ({ url }) => await this.measureUrl(url)));
			const measured = await this.measureUrl(body.generated_image_url);
			if (measured === null) return this.unseen(record);
			return decide(judge(measured, readExpectation(body.input_attributes)));
		} catch {
			return failedOutcome('invalid_media');
		}
	}

	/** Of an image that nobody has looked at. */
	unseen(record: EvaluationRecord): Outcome {
		const { unknownImages } = this.options;
		if (unknownImages === 'invented') return this.synthetic(record);
		return { ...failedOutcome('invalid_media'), failure_message: unknownImages.unreadable };
	}

	/** True when one of the images can be looked at. */
	withinReach({ generated_image_url: url, reference_images: references = [] }: Submission) {
		const prefix = this.options.images?.urlPrefix ?? 'data:';
		return [url, ...references.map((reference) => reference.url)].some(
			(candidate) => /^(data|runflow):/i.test(candidate) || candidate.startsWith(prefix),
		);
	}

	/** A verdict for an image in no known place; the same for the same image and client_ref. */
	synthetic(record: EvaluationRecord, passes?: boolean): Outcome {
		const { seed, syntheticPassFraction } = this.options;
		const label = `${record.body.generated_image_url}\n${record.clientRef ?? record.id}`;
		const expected = readExpectation(record.body.input_attributes);
		const good = passes ?? draw(seed, 'passes', label) < syntheticPassFraction;
		return decide(judge(imagine(seed, label, good, expected), expected));
	}

	/** The final outcome: the seeded misfortunes first, then what the test scripted. */
	conclude(record: EvaluationRecord, seen: Outcome, script: ScriptedOutcome): Outcome {
		const { seed, failureFraction, failureCodes, nullVerdictFraction } = this.options;
		let usual = seen;
		if (draw(seed, 'fails', record.id) < failureFraction) {
			const code = pick(failureCodes, seed, 'failure', record.id) ?? 'processing_failed';
			usual = failedOutcome(code);
		} else if (draw(seed, 'undecided', record.id) < nullVerdictFraction) {
			usual = undecidedOutcome();
		}
		if (Object.keys(script).length === 0) return usual;
		return applyScript(usual, script, this.synthetic(record, script.overall_passed ?? true));
	}

	forget(): void {
		this.cache.clear();
	}

	private async measureUrl(url: string): Promise<Measurements | null> {
		const place = this.locate(url);
		if (place === null) return null;
		const age = typeof place.image === 'string' ? (await stat(place.image)).mtimeMs : 0;
		const key = `${place.cacheKey}@${age}`;
		const known = this.cache.get(key) ?? measure(place.image);
		this.cache.set(key, known);
		return await known;
	}

	private locate(url: string): Place | null {
		const asset = ASSET_REFERENCE.exec(url)?.[1];
		if (asset !== undefined) {
			const image = this.assets.fileOf(asset);
			return image === null ? null : { cacheKey: url, image };
		}
		const header = DATA_URI.exec(url.slice(0, 200))?.[0];
		if (header !== undefined) {
			const hash = createHash('sha256').update(url).digest('base64');
			return { cacheKey: hash, image: decodeDataUri(url, header) };
		}
		const { images } = this.options;
		if (images === null || !url.startsWith(images.urlPrefix)) return null;
		const path = decodeURIComponent(url.slice(images.urlPrefix.length).replace(/[?#].*$/, ''));
		const file = resolve(images.folder, path.replace(/^\/+/, ''));
		if (!file.startsWith(resolve(images.folder) + sep)) throw new Error('Outside the folder');
		return { cacheKey: file, image: file };
	}
}
