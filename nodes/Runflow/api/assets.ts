import type { Attempt } from './attempt';
import type { ApiCall } from './client';
import { storageFailure } from './failure';
import { attempt } from './http';
import type { Http } from './http';
import { SHORTEST_UPLOAD_TIMEOUT_MS, SLOWEST_UPLOAD_BYTES_PER_MS } from './policy';
import { isObject, textAt } from './read';
import type { ImageFile } from './types';

/** The largest file that Runflow takes, in bytes. */
export const MAX_ASSET_BYTES = 50 * 1024 * 1024;

type Call = <T>(call: ApiCall<T>) => Promise<Attempt<T>>;

interface UploadSession {
	assetId: string;
	uploadUrl: string;
}

/** Opens a session, puts the content into the storage and confirms it. */
export async function uploadAsset(
	file: ImageFile,
	http: Http,
	call: Call,
): Promise<Attempt<string>> {
	const session = await createUpload(file, call);
	if (!session.ok) return session;
	const { assetId, uploadUrl } = session.value;
	const put = await putContent(uploadUrl, file, http);
	if (!put.ok) return put;
	return await confirmUpload(assetId, call);
}

async function createUpload(file: ImageFile, call: Call): Promise<Attempt<UploadSession>> {
	return await call({
		method: 'POST',
		path: '/v1/asset-uploads',
		body: { filename: file.fileName, mime_type: file.mimeType, size_bytes: file.bytes },
		scope: 'assets:create',
		subject: 'Asset uploads',
		read: (body) => {
			if (!isObject(body)) return undefined;
			const assetId = textAt(body, 'asset_id');
			const uploadUrl = textAt(body, 'upload_url');
			return assetId && uploadUrl && isSafeUrl(uploadUrl) ? { assetId, uploadUrl } : undefined;
		},
	});
}

/**
 * The address carries its own permission: no API key goes along, and it appears in no error.
 * Following redirects would keep the whole file in memory.
 */
async function putContent(url: string, file: ImageFile, http: Http): Promise<Attempt<true>> {
	const answer = await attempt(http, { subject: 'Upload address' }, async () => ({
		method: 'PUT',
		url,
		body: await file.open(),
		headers: { 'Content-Type': file.mimeType, 'Content-Length': file.bytes },
		timeoutMs: Math.max(SHORTEST_UPLOAD_TIMEOUT_MS, file.bytes / SLOWEST_UPLOAD_BYTES_PER_MS),
		isAuthenticated: false,
	}));
	if (!answer.ok) return answer;
	const { status } = answer.value;
	if (status >= 200 && status <= 299) return { ok: true, value: true };
	return { ok: false, failure: storageFailure(status) };
}

async function confirmUpload(assetId: string, call: Call): Promise<Attempt<string>> {
	return await call({
		method: 'POST',
		path: `/v1/asset-uploads/${encodeURIComponent(assetId)}/confirmations`,
		body: { folder_id: null },
		scope: 'assets:create',
		subject: 'Asset upload',
		id: assetId,
		read: () => `runflow://assets/${assetId}`,
	});
}

/** A file is not sent over plain http, except on this machine. */
function isSafeUrl(url: string): boolean {
	return /^https:\/\/|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]/.test(url);
}
