import { isStream, parseJson, readBody } from '../../nodes/Runflow/api/body';
import type { BodyStream } from '../../nodes/Runflow/api/body';

const KIB = 1024;
const MIB = 1024 * KIB;

/** A stream that gives chunks without end, after its start; `taken` counts them. */
function endless(start: string, bytes: number) {
	const state = { taken: 0, closed: false };
	async function* chunks(): AsyncGenerator<Buffer | string> {
		try {
			yield start;
			for (;;) {
				state.taken += 1;
				yield Buffer.alloc(bytes, 'x');
			}
		} finally {
			state.closed = true;
		}
	}
	const stream: BodyStream = Object.assign(chunks(), { destroy: () => undefined });
	return { stream, state };
}

async function* once(...chunks: Array<Buffer | string>): AsyncGenerator<Buffer | string> {
	yield* chunks;
}

const streamOf = (...chunks: Array<Buffer | string>): BodyStream =>
	Object.assign(once(...chunks), { destroy: () => undefined });

it('reads an answer in parts, also through the middle of a character', async () => {
	const bytes = Buffer.from('{"a":"é"}');
	expect(await readBody(streamOf(bytes.subarray(0, 7), bytes.subarray(7)), false)).toBe(
		'{"a":"é"}',
	);
	expect(await readBody(streamOf(), false)).toBe('');
});

it.each([
	['a page', '<html>', false, 64 * KIB],
	['text with a bracket in it', 'x [', false, 64 * KIB],
	['an error in JSON', '{"a":"', true, 64 * KIB],
	['JSON', '{"a":"', false, 72 * MIB],
	['JSON after a mark and white space', '\uFEFF \n["', false, 72 * MIB],
])('cuts %s off, and closes its connection', async (_, start, isError, limit) => {
	const size = limit / 64;
	const { stream, state } = endless(start, size);
	const text = await readBody(stream, isError);
	expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit);
	expect(Buffer.byteLength(text)).toBeGreaterThan(limit - 8);
	expect(text.startsWith(start.replace('\uFEFF', ''))).toBe(true);
	expect(state).toEqual({ taken: 64, closed: true });
});

it('parses JSON and leaves anything else as it is', () => {
	expect(parseJson('{"a":1}')).toEqual({ a: 1 });
	expect(parseJson('<html>')).toBe('<html>');
});

it.each([
	[streamOf('a'), true],
	[Buffer.from('a'), false],
	[null, false],
	['text', false],
	[once('a'), false],
	[{ destroy: () => undefined }, false],
])('knows a stream', (body, is) => {
	expect(isStream(body)).toBe(is);
});
