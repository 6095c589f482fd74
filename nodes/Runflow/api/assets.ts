import type { IExecuteFunctions } from 'n8n-workflow';

import { httpFailure, networkFailure, STOPPED } from '../messages/failure';
import { isObject, textAt } from './read';
import { isStopped, networkCode, send } from './request';
import type { RunflowContext } from './request';
import type { Attempt } from './types';

/** The largest file that Runflow takes, in bytes. */
export const MAX_ASSET_BYTES = 50 * 1024 * 1024;

const SLOWEST_BYTES_PER_MS = 256;
const SHORTEST_UPLOAD_TIMEOUT_MS = 120_000;

/** A stream of a file that n8n keeps outside memory. */
export type FileStream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

/** An image file on its way to Runflow. */
export interface ImageFile {
	fileName: string;
	mimeType: string;
	bytes: number;
	/** Opens the content anew: a stream can be sent only once. */
	open: () => Promise<FileStream | Buffer>;
}

interface UploadSession {
	assetId: string;
	uploadUrl: string;
}

/**
 * Uploads a file in three steps and returns its stable reference, `runflow://assets/{id}`.
 * One attempt: a failed upload starts over with a new session, since upload addresses expire.
 */
export async function uploadAsset(
	context: RunflowContext,
	file: ImageFile,
): Promise<Attempt<string>> {
	const session = await createUpload(context, file);
	if (!session.ok) return session;
	const { assetId, uploadUrl } = session.value;
	const put = await putContent(context, uploadUrl, file);
	if (!put.ok) return put;
	return await confirmUpload(context, assetId);
}

async function createUpload(
	context: RunflowContext,
	file: ImageFile,
): Promise<Attempt<UploadSession>> {
	return await send(context, {
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
async function putContent(
	context: RunflowContext,
	url: string,
	file: ImageFile,
): Promise<Attempt<true>> {
	let response: unknown;
	try {
		response = await context.helpers.httpRequest({
			method: 'PUT',
			url,
			body: await file.open(),
			headers: { 'Content-Type': file.mimeType, 'Content-Length': file.bytes },
			timeout: Math.max(SHORTEST_UPLOAD_TIMEOUT_MS, file.bytes / SLOWEST_BYTES_PER_MS),
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			abortSignal:
				'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined,
		});
	} catch (error) {
		if (isStopped(context)) return { ok: false, failure: STOPPED };
		return { ok: false, failure: networkFailure(networkCode(error)) };
	}
	const status = isObject(response) ? response.statusCode : undefined;
	if (typeof status !== 'number') return { ok: false, failure: networkFailure(undefined) };
	if (status >= 200 && status <= 299) return { ok: true, value: true };
	const { reaction } = httpFailure(status, undefined, { subject: 'Upload address' });
	const expired = status === 403 || status === 404;
	return {
		ok: false,
		failure: {
			reaction: expired ? 'retry' : reaction,
			message: 'Runflow did not take the image file',
			description: `Its storage answered with status ${status}. Run the workflow again, or host the image yourself and choose URL as its source`,
			status,
		},
	};
}

async function confirmUpload(context: RunflowContext, assetId: string): Promise<Attempt<string>> {
	return await send(context, {
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
