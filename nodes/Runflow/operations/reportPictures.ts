import type { NodeDesk } from '../desk';
import { HEAD_BYTES, imageTypeOf } from '../parameters/imageType';
import type { ItemSource } from '../parameters/source';
import type { Entry } from '../verdict/entry';
import { worstFirst } from '../verdict/report';

const SMALL_FILE_BYTES = 400_000;
const MOST_PICTURE_BYTES = 4_000_000;
const SHOWN_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif'];

/**
 * Small files that were judged become part of the page, the worst first: the file in one field, and
 * only where no address was judged, so that no other picture ever stands beside a verdict.
 * @param places of the report's items in the node's input
 */
export async function addPictures(
	desk: NodeDesk,
	entries: Entry[],
	places: number[],
	field: string,
): Promise<void> {
	let left = MOST_PICTURE_BYTES;
	for (const entry of [...worstFirst(entries), ...entries]) {
		const source = desk.source(places[entry.index] ?? 0);
		if (
			source.row?.binary?.[field] === undefined ||
			entry.picture !== undefined ||
			entry.isJudgedByAddress
		)
			continue;
		const bytes = await readSmall(source, field);
		const type = bytes && imageTypeOf(bytes.subarray(0, HEAD_BYTES));
		if (bytes === undefined || type === undefined || !SHOWN_TYPES.includes(type)) continue;
		if (bytes.length > left) continue;
		entry.picture = `data:${type};base64,${bytes.toString('base64')}`;
		left -= bytes.length;
	}
}

/** Undefined for a file that is large or no longer there: the page does without it. */
async function readSmall(source: ItemSource, field: string): Promise<Buffer | undefined> {
	const { bytes: size = 0 } = source.row?.binary?.[field] ?? {};
	if (size > SMALL_FILE_BYTES) return undefined;
	try {
		const bytes = await source.bytes(field);
		return bytes.length > SMALL_FILE_BYTES ? undefined : bytes;
	} catch {
		return undefined;
	}
}
