/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isDeepStrictEqual } from 'node:util';

import { ApiError, validationError } from './apiError';
import { timestamp } from './evaluationBody';
import type { EmulatorOptions } from './options';
import { seededUuid } from './random';

const SIGNED_URL_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

export interface UploadRequest {
	filename: string;
	mime_type: string;
	size_bytes: number;
}

export interface Asset {
	id: string;
	organization: string;
	request: UploadRequest;
	signature: string;
	expiresWallMs: number;
	/** Where the uploaded bytes lie; null until the PUT has ended. */
	file: string | null;
	folderId: string | null;
	confirmedWallMs: number | null;
}

function notFound(): ApiError {
	return new ApiError(404, 'ASSET_NOT_FOUND', 'Asset not found.');
}

/** Uploaded files: announced, stored in a temporary folder, confirmed. */
export class Assets {
	private readonly byId = new Map<string, Asset>();
	private folder: string | null = null;
	private readonly byKey = new Map<string, Asset>();

	constructor(private readonly options: EmulatorOptions) {}

	/** A known idempotency key gives the first asset again; with another body as for evaluations. */
	announce(organization: string, request: UploadRequest, key?: string): Asset {
		if (key === undefined || this.options.assetUploadKeys === 'ignored') {
			return this.create(organization, request);
		}
		const scoped = `${organization}\n${key}`;
		const known = this.byKey.get(scoped);
		if (known !== undefined && isDeepStrictEqual(known.request, request)) return known;
		const { idempotencyConflictStatus: conflict } = this.options;
		if (known !== undefined && conflict === 'replay') return known;
		if (known !== undefined && conflict !== 'ignore') {
			throw new ApiError(409, 'CONFLICT', 'This Idempotency-Key was used with another body.');
		}
		const asset = this.create(organization, request);
		this.byKey.set(scoped, asset);
		return asset;
	}

	private create(organization: string, request: UploadRequest): Asset {
		if (!this.options.assetMimeTypes.includes(request.mime_type)) {
			throw validationError([{ field: 'mime_type', message: 'This type is not allowed.' }]);
		}
		const number = this.byId.size;
		const asset: Asset = {
			id: seededUuid(this.options.seed, 'asset', number),
			organization,
			request,
			signature: seededUuid(this.options.seed, 'signature', number).replaceAll('-', ''),
			expiresWallMs: Date.now() + this.options.assetUploadExpiryMs,
			file: null,
			folderId: null,
			confirmedWallMs: null,
		};
		this.byId.set(asset.id, asset);
		return asset;
	}

	find(id: string): Asset | undefined {
		return this.byId.get(id.toLowerCase());
	}

	/** The asset if this organization may see it; throws 404. */
	read(id: string, organization: string): Asset {
		const asset = this.find(id);
		if (asset === undefined || asset.organization !== organization) throw notFound();
		return asset;
	}

	/** A confirmed asset, as `GET /v1/assets/{id}` knows it; throws 404. */
	readConfirmed(id: string, organization: string): Asset {
		const asset = this.read(id, organization);
		if (asset.confirmedWallMs === null) throw notFound();
		return asset;
	}

	isUsable(id: string, organization: string): boolean {
		const asset = this.find(id);
		return asset?.organization === organization && asset.confirmedWallMs !== null;
	}

	fileOf(id: string): string | null {
		return this.find(id)?.file ?? null;
	}

	/** Streams the bytes to disk; they never lie in memory as a whole. */
	async store(asset: Asset, bytes: Readable): Promise<void> {
		this.folder ??= mkdtempSync(join(tmpdir(), 'runflow-emulator-'));
		const file = join(this.folder, asset.id);
		await pipeline(bytes, createWriteStream(file));
		asset.file = file;
	}

	/** Checks what was uploaded against what was announced. */
	async confirm(asset: Asset, folderId: string | null): Promise<void> {
		if (asset.confirmedWallMs !== null) {
			if (this.options.repeatedConfirmation === 'replay') return;
			throw new ApiError(409, 'CONFLICT', 'This upload was confirmed before.');
		}
		if (asset.file === null) {
			throw validationError([{ field: 'asset_id', message: 'Nothing was uploaded yet.' }]);
		}
		const { size } = await stat(asset.file);
		if (size !== asset.request.size_bytes) {
			const message = `Announced ${asset.request.size_bytes} bytes, uploaded ${size}.`;
			throw validationError([{ field: 'size_bytes', message }]);
		}
		asset.folderId = folderId;
		asset.confirmedWallMs = Date.now();
	}

	/** The time of every upload address is over. */
	expire(): void {
		for (const asset of this.byId.values()) asset.expiresWallMs = Date.now() - 1;
	}

	reset(): void {
		this.byId.clear();
		this.byKey.clear();
		if (this.folder !== null) rmSync(this.folder, { recursive: true, force: true });
		this.folder = null;
	}
}

/** The asset as the API answers it, with a fresh signed URL. */
export function writeAsset(asset: Asset, baseUrl: string) {
	const { id, request } = asset;
	const expires = Date.now() + SIGNED_URL_LIFETIME_MS;
	const createdAt = timestamp(asset.confirmedWallMs ?? Date.now());
	return {
		id,
		org_id: asset.organization,
		folder_id: asset.folderId,
		name: request.filename,
		r2_key: `assets/${asset.organization}/${id}`,
		url: `${baseUrl}/files/${id}?signature=${asset.signature}&expires=${expires}`,
		thumbnail_url: null,
		mime_type: request.mime_type,
		size_bytes: request.size_bytes,
		asset_type: 'image',
		source_type: 'upload',
		source_id: null,
		created_by: null,
		created_at: createdAt,
		updated_at: createdAt,
		deleted_at: null,
		deleted_by: null,
	};
}
