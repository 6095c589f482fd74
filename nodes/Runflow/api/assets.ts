import type { IDataObject } from 'n8n-workflow';

import { isConfidential, isThisMachine, parseUrl } from './address';
import type { ApiFailure, Attempt } from './attempt';
import type { ApiCall } from './call';
import { storageFailure } from './failure';
import { attempt } from './http';
import type { Http } from './http';
import { SHORTEST_UPLOAD_TIMEOUT_MS, SLOWEST_UPLOAD_BYTES_PER_MS } from './policy';
import { isOutOfReach } from './reach';
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
	states: UploadStates;
}

const HEADER_NAME = /^[\w-]{1,100}$/;
const OUR_HEADERS =
	/^(host|authorization|cookie|connection|content-length|transfer-encoding|proxy-.*)$/i;

interface UploadSession {
	assetId: string;
	uploadUrl: string;
	/** What the storage wants to hear with the content. */
	headers: Record<string, string>;
}

/** How far the upload of each file is. */
export type UploadStates = WeakMap<ImageFile, UploadState>;

interface UploadState {
	/** Sessions that were of no use. */
	useless: number;
	/** Whose content is in the storage while its confirmation is not sure. */
	unconfirmed?: string;
}

/**
 * Opens a session, puts the content into the storage and confirms it. Where only the confirmation
 * failed for the moment, the next attempt for the same file confirms and uploads nothing.
 * @param key who asks the same content again with it gets the same asset, if the API keeps such keys
 */
export async function uploadAsset(
	file: ImageFile,
	key: string,
	{ http, call, baseUrl, states }: UploadPorts,
): Promise<Attempt<string>> {
	const state = states.get(file) ?? { useless: 0 };
	states.set(file, state);
	if (state.unconfirmed !== undefined) return await confirmAgain(state, state.unconfirmed, call);
	const session = await createUpload(file, `${key}-${state.useless}`, call, baseUrl);
	if (!session.ok) return session;
	const { assetId } = session.value;
	const put = await putContent(session.value, file, http);
	if (!put.ok && !isExpired(put.failure)) return put;
	// The address of a known session expires, while the asset may be confirmed long ago.
	const confirmed = await confirmUpload(assetId, call);
	if (confirmed.ok || confirmed.failure.status === 409) return done(assetId);
	if (put.ok && isTemporary(confirmed.failure)) state.unconfirmed = assetId;
	if (put.ok || isTemporary(confirmed.failure)) return confirmed;
	state.useless += 1;
	return put;
}

/** A confirmation whose answer was lost is a conflict the second time; an expired one starts over. */
async function confirmAgain(
	state: UploadState,
	assetId: string,
	call: Call,
): Promise<Attempt<string>> {
	const confirmed = await confirmUpload(assetId, call);
	if (!confirmed.ok && isTemporary(confirmed.failure)) return confirmed;
	state.unconfirmed = undefined;
	if (confirmed.ok || confirmed.failure.status === 409) return done(assetId);
	const { failure } = confirmed;
	const isGone = failure.reaction === 'missing' || failure.reaction === 'rejected';
	state.useless += Number(isGone);
	return { ok: false, failure: isGone ? { ...failure, reaction: 'retry' } : failure };
}

/** The storage says no to an address whose time is over. */
function isExpired({ kind, status }: ApiFailure): boolean {
	return kind === 'storage' && (status === 403 || status === 404);
}

function isTemporary({ reaction }: ApiFailure): boolean {
	return reaction === 'retry' || reaction === 'busy';
}

function done(assetId: string): Attempt<string> {
	return { ok: true, value: referenceTo(assetId) };
}

function referenceTo(assetId: string): string {
	return `runflow://assets/${assetId}`;
}

/** The same request under the same key: its name is made of the content, not the file's own. */
async function createUpload(
	file: ImageFile,
	key: string,
	call: Call,
	baseUrl: string,
): Promise<Attempt<UploadSession>> {
	const filename = `${key.slice(0, 16)}.${file.mimeType.split('/').at(-1)}`;
	const session = await call({
		method: 'POST',
		path: '/v1/asset-uploads',
		body: { filename, mime_type: file.mimeType, size_bytes: file.bytes },
		headers: { 'Idempotency-Key': key },
		scope: 'assets:create',
		subject: 'Asset uploads',
		read: (body) => {
			if (!isObject(body)) return undefined;
			const assetId = textAt(body, 'asset_id');
			const uploadUrl = textAt(body, 'upload_url');
			return assetId && uploadUrl && isSafeUrl(uploadUrl, baseUrl)
				? { assetId, uploadUrl, headers: namedHeaders(body) }
				: undefined;
		},
	});
	// The same file is on its way under the same key.
	return !session.ok && session.failure.status === 409
		? { ok: false, failure: { ...session.failure, reaction: 'retry' } }
		: session;
}

/**
 * The address carries its own permission: no API key goes along, and it appears in no error.
 * Following redirects would keep the whole file in memory.
 */
async function putContent(
	{ uploadUrl, headers }: UploadSession,
	file: ImageFile,
	http: Http,
): Promise<Attempt<true>> {
	const answer = await attempt(http, { subject: 'Upload address' }, async () => ({
		method: 'PUT',
		url: uploadUrl,
		body: await file.open(),
		headers: { 'Content-Type': file.mimeType, ...headers, 'Content-Length': file.bytes },
		timeoutMs: Math.max(SHORTEST_UPLOAD_TIMEOUT_MS, file.bytes / SLOWEST_UPLOAD_BYTES_PER_MS),
		isAuthenticated: false,
	}));
	if (!answer.ok) return answer;
	const { status } = answer.value;
	if (status >= 200 && status <= 299) return { ok: true, value: true };
	return { ok: false, failure: storageFailure(status) };
}

/** Those that a session names; none of them sets who we are or where the request goes. */
function namedHeaders(session: IDataObject): Record<string, string> {
	const named = [session.upload_headers, session.required_headers, session.headers].find(isObject);
	const entries: Array<[string, unknown]> = Object.entries(named ?? {});
	const usable = entries.filter(
		(entry): entry is [string, string] =>
			typeof entry[1] === 'string' && HEADER_NAME.test(entry[0]) && !OUR_HEADERS.test(entry[0]),
	);
	return Object.fromEntries(
		usable.map(([name, value]) => [/^content-type$/i.test(name) ? 'Content-Type' : name, value]),
	);
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
	if (isOutOfReach(url, baseUrl)) return false;
	if (target.protocol === 'https:') return true;
	return isConfidential(target) && base !== undefined && isThisMachine(base);
}
