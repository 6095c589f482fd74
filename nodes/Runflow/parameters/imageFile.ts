import { BINARY_ENCODING } from 'n8n-workflow';
import type { IBinaryData } from 'n8n-workflow';

import { MAX_ASSET_BYTES } from '../api/assets';
import type { ImageFile } from '../api/types';
import { isProblem, ParameterProblem } from './check';
import type { Checked } from './check';
import { findFile } from './fileObject';
import type { ChosenFile } from './fileObject';
import { adviceOn, HEAD_BYTES, imageTypeOf, otherTypeOf } from './imageType';
import type { ItemSource } from './source';
import { excerpt } from './value';

/** Larger chunks pile up to tens of megabytes before Node frees them. */
const STREAM_CHUNK_BYTES = 16 * 1024;

/**
 * Checks a file before anything is sent: that it is there, is an image by its first bytes and is not
 * too large. Its label may be wrong; the type sent is the true one. Files that n8n keeps outside
 * memory are streamed. Whatever goes wrong is a problem that names the field.
 * @param path of the parameter: it holds a field's name, or an expression that gives the file
 */
export async function imageFile(
	source: ItemSource,
	path: string,
	label: string,
): Promise<Checked<ImageFile>> {
	const chosen = findFile(source, path, label);
	if (isProblem(chosen)) return chosen;
	try {
		return await readFile(source.stored, chosen, label);
	} catch (error) {
		const said = error instanceof Error ? error.message : String(error);
		return new ParameterProblem(
			`The file in '${label}' could not be read`,
			`${fieldNote(chosen)}n8n says: ${excerpt(said)}. It may have been deleted: run the node that made it again`,
		);
	}
}

type Stored = ItemSource['stored'];

async function readFile(
	stored: Stored,
	chosen: ChosenFile,
	label: string,
): Promise<Checked<ImageFile>> {
	const { file } = chosen;
	const bytes = await sizeOf(stored, file);
	if (bytes === 0) {
		return new ParameterProblem(
			`The file in '${label}' is empty`,
			`${fieldNote(chosen)}Check that the previous node really produced an image`,
		);
	}
	if (bytes > MAX_ASSET_BYTES) {
		return new ParameterProblem(
			`The file in '${label}' is larger than 50 MB`,
			`${fieldNote(chosen)}Runflow takes files of up to 50 MB. Host a larger one yourself and choose URL as its source`,
		);
	}
	const head = await headOf(stored, file);
	const mimeType = imageTypeOf(head);
	if (mimeType === undefined) return notAnImage(chosen, head, label);
	const fileName = file.fileName || `image.${mimeType.slice('image/'.length)}`;
	return {
		fileName: fileName.slice(-500),
		mimeType,
		bytes,
		open: async () => await open(stored, file),
	};
}

function notAnImage(chosen: ChosenFile, head: Buffer, label: string): ParameterProblem {
	const { file } = chosen;
	const other = otherTypeOf(head);
	return new ParameterProblem(
		`The file in '${label}' is not an image`,
		`${fieldNote(chosen)}It is ${other}, labeled ${excerpt(file.mimeType)}. ${adviceOn(other)}`,
	);
}

function fieldNote({ name }: ChosenFile): string {
	return name === undefined ? '' : `The binary field is ${name}. `;
}

async function sizeOf(stored: Stored, file: IBinaryData): Promise<number> {
	if (!file.id) return contentOf(file).length;
	return await stored.bytes(file.id);
}

async function open(stored: Stored, file: IBinaryData): Promise<NodeJS.ReadableStream | Buffer> {
	if (!file.id) return contentOf(file);
	return await stored.stream(file.id, STREAM_CHUNK_BYTES);
}

function contentOf(file: IBinaryData): Buffer {
	return Buffer.from(file.data, BINARY_ENCODING);
}

async function headOf(stored: Stored, file: IBinaryData): Promise<Buffer> {
	if (!file.id) return Buffer.from(file.data.slice(0, HEAD_BYTES * 2), BINARY_ENCODING);
	const stream = await stored.stream(file.id, HEAD_BYTES);
	let head = Buffer.alloc(0);
	for await (const chunk of stream) {
		head = Buffer.concat([head, Buffer.from(chunk)]);
		if (head.length >= HEAD_BYTES) break;
	}
	return head;
}
