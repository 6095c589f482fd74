import { isConfidential, isThisMachine, parseUrl } from './address';
import type { ApiFailure, Attempt } from './attempt';
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

interface UploadPorts {
	http: Http;
	call: Call;
	/** Of the API. */
	baseUrl: string;
	unconfirmed: Unconfirmed;
}

interface UploadSession {
	assetId: string;
	uploadUrl: string;
}

/** The asset of each file whose content is in the storage while its confirmation is not sure. */
export type Unconfirmed = WeakMap<ImageFile, string>;

/**
 * Opens a session, puts the content into the storage and confirms it. Where only the confirmation
 * failed for the moment, the next attempt for the same file confirms and uploads nothing.
 */
export async function uploadAsset(
	file: ImageFile,
	{ http, call, baseUrl, unconfirmed }: UploadPorts,
): Promise<Attempt<string>> {
	const known = unconfirmed.get(file);
	if (known !== undefined) return await confirmAgain(file, known, call, unconfirmed);
	const session = await createUpload(file, call, baseUrl);
	if (!session.ok) return session;
	const { assetId, uploadUrl } = session.value;
	const put = await putContent(uploadUrl, file, http);
	if (!put.ok) return put;
	const confirmed = await confirmUpload(assetId, call);
	if (!confirmed.ok && isTemporary(confirmed.failure)) unconfirmed.set(file, assetId);
	return confirmed;
}

/** A confirmation whose answer was lost is a conflict the second time; an expired one starts over. */
async function confirmAgain(
	file: ImageFile,
	assetId: string,
	call: Call,
	unconfirmed: Unconfirmed,
): Promise<Attempt<string>> {
	const confirmed = await confirmUpload(assetId, call);
	if (!confirmed.ok && isTemporary(confirmed.failure)) return confirmed;
	unconfirmed.delete(file);
	if (confirmed.ok) return confirmed;
	const { failure } = confirmed;
	if (failure.status === 409) return { ok: true, value: referenceTo(assetId) };
	const isExpired = failure.reaction === 'missing' || failure.reaction === 'rejected';
	return { ok: false, failure: isExpired ? { ...failure, reaction: 'retry' } : failure };
}

function isTemporary({ reaction }: ApiFailure): boolean {
	return reaction === 'retry' || reaction === 'busy';
}

function referenceTo(assetId: string): string {
	return `runflow://assets/${assetId}`;
}

async function createUpload(
	file: ImageFile,
	call: Call,
	baseUrl: string,
): Promise<Attempt<UploadSession>> {
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
			return assetId && uploadUrl && isSafeUrl(uploadUrl, baseUrl)
				? { assetId, uploadUrl }
				: undefined;
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
		read: () => referenceTo(assetId),
	});
}

/**
 * A file is sent over https only, or from this machine to this machine when the API is there too;
 * user name and password in an address serve to make it look like another.
 */
function isSafeUrl(url: string, baseUrl: string): boolean {
	const [target, base] = [parseUrl(url), parseUrl(baseUrl)];
	if (target === undefined || target.username + target.password !== '') return false;
	if (target.protocol === 'https:') return true;
	return isConfidential(target) && base !== undefined && isThisMachine(base);
}
