/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { createReadStream } from 'node:fs';

import type { FastifyInstance, FastifyReply } from 'fastify';

import { type UploadRequest, writeAsset } from './assets';
import type { World } from './world';

const LARGEST_UPLOAD_BYTES = 52_428_800;
const UPLOAD_SCHEMA = {
	type: 'object',
	required: ['filename', 'mime_type', 'size_bytes'],
	additionalProperties: false,
	properties: {
		filename: { type: 'string', minLength: 1, maxLength: 500 },
		mime_type: { type: 'string', minLength: 1, maxLength: 255 },
		size_bytes: { type: 'integer', minimum: 1, maximum: LARGEST_UPLOAD_BYTES },
	},
};
const CONFIRMATION_SCHEMA = {
	type: 'object',
	additionalProperties: false,
	properties: { folder_id: { type: ['string', 'null'], format: 'uuid' } },
};

interface Presigned {
	Params: { id: string };
	Querystring: { signature?: string; expires?: string };
}

function refuseUpload(reply: FastifyReply, status: number, code: string, message: string) {
	const xml = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code>`;
	return reply
		.code(status)
		.type('application/xml')
		.send(`${xml}<Message>${message}</Message></Error>`);
}

/** The part of the API that answers in JSON. */
export function assetRoutes(app: FastifyInstance, world: World): void {
	const { assets, options } = world;

	app.post<{ Body: UploadRequest }>(
		'/v1/asset-uploads',
		{ config: { scope: 'assets:create' }, schema: { body: UPLOAD_SCHEMA } },
		async ({ body, headers, visit }, reply) => {
			const key = headers['idempotency-key'];
			const { id, signature, expiresWallMs } = assets.announce(
				visit.caller.organization,
				body,
				typeof key === 'string' ? key : undefined,
			);
			const query = `signature=${signature}&expires=${expiresWallMs}`;
			reply.code(201);
			return { asset_id: id, upload_url: `${world.url}/uploads/${id}?${query}` };
		},
	);

	app.post<{ Params: { id: string }; Body: { folder_id?: string | null } }>(
		'/v1/asset-uploads/:id/confirmations',
		{ config: { scope: 'assets:create' }, schema: { body: CONFIRMATION_SCHEMA } },
		async ({ params, body, visit }, reply) => {
			const asset = assets.read(params.id, visit.caller.organization);
			await assets.confirm(asset, body.folder_id ?? null);
			reply.code(201);
			return writeAsset(asset, world.url);
		},
	);

	app.get('/v1/assets/types', { config: { scope: 'assets:read' } }, async () => ({
		items: options.assetMimeTypes.map((mimeType) => ({
			mime_type: mimeType,
			asset_type: 'image',
		})),
	}));

	app.get<{ Params: { id: string } }>(
		'/v1/assets/:id',
		{ config: { scope: 'assets:read' } },
		async ({ params, visit }) =>
			writeAsset(assets.readConfirmed(params.id, visit.caller.organization), world.url),
	);
}

/** The object storage behind the presigned URLs: raw bytes, no API key. */
export async function storageRoutes(app: FastifyInstance, world: World): Promise<void> {
	const { assets } = world;
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', (_request, _payload, done) => {
		done(null);
	});

	app.put<Presigned>(
		'/uploads/:id',
		{ config: { open: true } },
		async ({ params, query, headers, raw }, reply) => {
			const asset = assets.find(params.id);
			if (headers.authorization !== undefined) {
				const message = 'Only one auth mechanism allowed';
				return refuseUpload(reply, 400, 'InvalidArgument', message);
			}
			if (asset === undefined || query.signature !== asset.signature) {
				return refuseUpload(reply, 403, 'SignatureDoesNotMatch', 'Wrong signature');
			}
			const expires = String(asset.expiresWallMs);
			if (query.expires !== expires || Date.now() > asset.expiresWallMs) {
				return refuseUpload(reply, 403, 'AccessDenied', 'Request has expired');
			}
			if (headers['content-type'] !== asset.request.mime_type) {
				return refuseUpload(reply, 403, 'SignatureDoesNotMatch', 'Wrong content type');
			}
			await assets.store(asset, raw);
			return reply.code(200).header('etag', `"${asset.signature}"`).send();
		},
	);

	app.get<Presigned>('/files/:id', { config: { open: true } }, async ({ params, query }, reply) => {
		const asset = assets.find(params.id);
		const expired = Date.now() > Number(query.expires);
		if (!asset?.file || query.signature !== asset.signature || expired) {
			return refuseUpload(reply, 403, 'AccessDenied', 'Wrong signature or expired');
		}
		return reply.type(asset.request.mime_type).send(createReadStream(asset.file));
	});
}
