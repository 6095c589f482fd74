import { createHash } from 'node:crypto';
import { BINARY_ENCODING } from 'n8n-workflow';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { MAX_ASSET_BYTES } from '../api/assets';
import type { ImageFile } from '../api/types';
import { isProblem, ParameterProblem } from './check';
import type { Checked } from './check';
import { HEAD_BYTES, imageTypeOf } from './imageType';
import { text } from './kinds';
import { readAt } from './parameter';
import type { Kind } from './parameter';
import type { ItemSource } from './source';

/** Larger chunks pile up to tens of megabytes before Node frees them. */
const STREAM_CHUNK_BYTES = 16 * 1024;

/** A file of an item, checked. */
export interface FoundFile extends ImageFile {
	/** What the file is, whatever field it came from: n8n's id of it, or else a hash of its bytes. */
	identity: string;
	/** SHA-256 of the bytes, in hex; reads the whole file. */
	contentHash: () => Promise<string>;
}

const DEFAULT_FIELD = 'data';

const fieldName: Kind<string> = (value, asked) => {
	const read = text(value, asked);
	return isProblem(read) || read !== '' ? read : DEFAULT_FIELD;
};

/**
 * Checks the file in a binary field before anything is sent: that it is there, is an image by its
 * first bytes and is not too large. Its label may be wrong; the type sent is the true one.
 * Files that n8n keeps outside memory are streamed.
 */
export async function imageFile(
	source: ItemSource,
	path: string,
	label: string,
): Promise<Checked<FoundFile>> {
	const { context, itemIndex } = source;
	const field = readAt(source, path, label, fieldName);
	if (isProblem(field)) return field;
	const file = fileIn(context, itemIndex, field);
	if (file === undefined) return missing(context, itemIndex, field);
	const bytes = await sizeOf(context, file);
	if (bytes === 0) {
		return new ParameterProblem(
			`The file in the binary field '${field}' is empty`,
			'Check that the previous node really produced an image',
		);
	}
	if (bytes > MAX_ASSET_BYTES) {
		return new ParameterProblem(
			`The file in the binary field '${field}' is larger than 50 MB`,
			'Runflow takes files of up to 50 MB. Host a larger one yourself and choose URL as its source',
		);
	}
	const mimeType = imageTypeOf(await headOf(context, file));
	if (mimeType === undefined) {
		return new ParameterProblem(
			`The file in the binary field '${field}' is not an image`,
			`Look at it in the output of the previous node, where it is labelled ${file.mimeType}: it may be an error page. Runflow judges PNG, JPEG, WebP, GIF, AVIF and other images`,
		);
	}
	const fileName = file.fileName ?? `image.${mimeType.slice('image/'.length)}`;
	return {
		fileName: fileName.slice(-500),
		mimeType,
		bytes,
		open: async () => await open(context, file),
		identity: file.id ?? (await hashOf(context, file)),
		contentHash: async () => await hashOf(context, file),
	};
}

async function hashOf(context: IExecuteFunctions, file: IBinaryData): Promise<string> {
	const content = await open(context, file);
	const hash = createHash('sha256');
	if (Buffer.isBuffer(content)) return hash.update(content).digest('hex');
	for await (const chunk of content) hash.update(chunk);
	return hash.digest('hex');
}

function fileIn(
	context: IExecuteFunctions,
	itemIndex: number,
	field: string,
): IBinaryData | undefined {
	try {
		return context.helpers.assertBinaryData(itemIndex, field);
	} catch {
		return undefined;
	}
}

function missing(context: IExecuteFunctions, itemIndex: number, field: string): ParameterProblem {
	const fields = Object.keys(context.getInputData()[itemIndex]?.binary ?? {});
	const advice =
		fields.length > 0
			? `Its binary fields are: ${fields.join(', ')}. Enter one of them in 'Input Binary Field'`
			: 'It has no file. Check that the previous node returns one, or choose URL as the source of the image';
	return new ParameterProblem(`The item has no binary field '${field}'`, advice);
}

async function sizeOf(context: IExecuteFunctions, file: IBinaryData): Promise<number> {
	if (file.id === undefined) return Buffer.from(file.data, BINARY_ENCODING).length;
	const { fileSize } = await context.helpers.getBinaryMetadata(file.id);
	return fileSize;
}

async function open(
	context: IExecuteFunctions,
	file: IBinaryData,
): Promise<NodeJS.ReadableStream | Buffer> {
	if (file.id === undefined) return Buffer.from(file.data, BINARY_ENCODING);
	return await context.helpers.getBinaryStream(file.id, STREAM_CHUNK_BYTES);
}

async function headOf(context: IExecuteFunctions, file: IBinaryData): Promise<Buffer> {
	if (file.id === undefined) {
		return Buffer.from(file.data.slice(0, HEAD_BYTES * 2), BINARY_ENCODING);
	}
	const stream = await context.helpers.getBinaryStream(file.id, HEAD_BYTES);
	let head = Buffer.alloc(0);
	for await (const chunk of stream) {
		head = Buffer.concat([head, Buffer.from(chunk)]);
		if (head.length >= HEAD_BYTES) break;
	}
	return head;
}
