import { createHash } from 'node:crypto';

import type { ImageFile } from '../api/types';
import type { Breather } from './breather';

const PIECE_BYTES = 1024 * 1024;

/** SHA-256 of a file's bytes in hex; reads it piece by piece. */
export async function fileDigest(file: ImageFile, breather: Breather): Promise<string> {
	const hash = createHash('sha256');
	const content = await file.open();
	for await (const piece of Buffer.isBuffer(content) ? piecesOf(content) : content) {
		hash.update(piece);
		await breather.pause();
	}
	return hash.digest('hex');
}

function* piecesOf(content: Buffer): Generator<Buffer> {
	for (let at = 0; at < content.length; at += PIECE_BYTES) {
		yield content.subarray(at, at + PIECE_BYTES);
	}
}
