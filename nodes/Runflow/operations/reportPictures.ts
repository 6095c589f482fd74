import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { HEAD_BYTES, imageTypeOf } from '../parameters/imageType';
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
	context: IExecuteFunctions,
	entries: Entry[],
	places: number[],
	field: string,
): Promise<void> {
	const items = context.getInputData();
	let left = MOST_PICTURE_BYTES;
	for (const entry of [...worstFirst(entries), ...entries]) {
		const place = places[entry.index] ?? 0;
		const file = items[place]?.binary?.[field];
		if (file === undefined || entry.picture !== undefined || entry.isJudgedByAddress) continue;
		const bytes = await readSmall(context, place, field, file);
		const type = bytes && imageTypeOf(bytes.subarray(0, HEAD_BYTES));
		if (bytes === undefined || type === undefined || !SHOWN_TYPES.includes(type)) continue;
		if (bytes.length > left) continue;
		entry.picture = `data:${type};base64,${bytes.toString('base64')}`;
		left -= bytes.length;
	}
}

/** Undefined for a file that is large or no longer there: the page does without it. */
async function readSmall(
	context: IExecuteFunctions,
	itemIndex: number,
	field: string,
	{ bytes: size = 0 }: IBinaryData,
): Promise<Buffer | undefined> {
	if (size > SMALL_FILE_BYTES) return undefined;
	try {
		const bytes = await context.helpers.getBinaryDataBuffer(itemIndex, field);
		return bytes.length > SMALL_FILE_BYTES ? undefined : bytes;
	} catch {
		return undefined;
	}
}
