/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';

/** What there is to see behind an image URL. */
export type Picture =
	| { kind: 'image'; dataUri: string; width: number; height: number }
	| { kind: 'missing' }
	| { kind: 'notAnImage' };

/** Reads the image that stands for a URL, to be part of a page. */
export async function readPicture(
	url: string,
	{ urlPrefix, folder }: { urlPrefix: string; folder: string },
): Promise<Picture> {
	const file = path.join(folder, url.slice(urlPrefix.length));
	if (!existsSync(file)) return { kind: 'missing' };
	const bytes = await readFile(file);
	try {
		const { width, height, format } = await sharp(bytes).metadata();
		const dataUri = `data:image/${format};base64,${bytes.toString('base64')}`;
		return { kind: 'image', dataUri, width, height };
	} catch {
		return { kind: 'notAnImage' };
	}
}
