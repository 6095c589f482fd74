import { readJson } from './read';

/** The longest answer that is read: an evaluation that holds an inline image of the largest size. */
const MAX_BYTES = 72 * 1024 * 1024;

/** So much of an answer that is no JSON, or tells of an error, is enough to say what it is. */
const MAX_OTHER_BYTES = 64 * 1024;

const JSON_START = /^[\s\uFEFF]*[[{]/;

/**
 * Reads the body of an answer that may never end: JSON up to 72 MiB, anything else up to 64 KiB. What
 * is longer is cut off there and its connection closed.
 */
export async function readBody(stream: BodyStream, isError: boolean): Promise<string> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	let limit = MAX_OTHER_BYTES;
	// Leaving the loop destroys the stream.
	for await (const chunk of stream) {
		const part = Buffer.from(chunk);
		if (bytes < MAX_OTHER_BYTES && !isError && JSON_START.test(part.toString('utf8', 0, 1_024))) {
			limit = MAX_BYTES;
		}
		chunks.push(part);
		bytes += part.length;
		if (bytes > limit) break;
	}
	return new TextDecoder().decode(Buffer.concat(chunks).subarray(0, limit));
}

/** JSON parsed, anything else as it is. */
export function parseJson(text: string): unknown {
	return readJson(text) ?? text;
}

/** A stream of bytes that can be given up. */
export type BodyStream = AsyncIterable<Buffer | string> & { destroy(): unknown };

export function isStream(body: unknown): body is BodyStream {
	return (
		typeof body === 'object' && body !== null && Symbol.asyncIterator in body && 'destroy' in body
	);
}
