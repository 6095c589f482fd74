import { VirtualTime } from '../../lab/simulation/virtualTime';
import { BodyReader } from '../../nodes/Runflow/callback/body';

const read = async (request: Parameters<BodyReader['read']>[0], time = new VirtualTime()) =>
	await time.during(new BodyReader(time).read(request));

const never = async () => await new Promise<never>(() => {});

it('takes what n8n has read, and reads what it left', async () => {
	const rawBody = Buffer.from('{}');
	expect(await read({ headers: {}, rawBody, readRawBody: never })).toBe(rawBody);
	const left = { headers: {}, rawBody: undefined as unknown, readRawBody: async () => {} };
	left.readRawBody = async () => {
		left.rawBody = rawBody;
	};
	expect(await read(left)).toBe(rawBody);
});

it.each([
	['there is no body', { headers: {} }],
	[
		'n8n kept none of it',
		{ headers: {}, readRawBody: async () => await Promise.reject(new Error()) },
	],
])('is empty when %s', async (_name, request) => {
	expect(await read(request)).toEqual(Buffer.alloc(0));
});

it('has bounds: 5 s, 8 MiB as told or as it came, 64 at a time', async () => {
	const time = new VirtualTime();
	expect(await read({ headers: {}, readRawBody: never }, time)).toBe('slow');
	expect(Math.round(time.elapsed())).toBe(5_000);
	const mebibytes = (count: number) => count * 1024 * 1024;
	const length = (bytes: number) => ({ headers: { 'content-length': `${bytes}` } });
	expect(await read({ ...length(mebibytes(8) + 1), readRawBody: never })).toBe('large');
	expect(await read({ headers: {}, rawBody: Buffer.alloc(mebibytes(8) + 1) })).toBe('large');
	const largest = Buffer.alloc(mebibytes(8));
	expect(await read({ ...length(mebibytes(8)), rawBody: largest })).toBe(largest);
});

it('reads 64 at a time, and those that n8n has read whatever else comes', async () => {
	const time = new VirtualTime();
	const reader = new BodyReader(time);
	const held = Array.from({ length: 64 }, async () => {
		return await reader.read({ headers: {}, readRawBody: never });
	});
	expect(await reader.read({ headers: {}, readRawBody: never })).toBe('busy');
	const rawBody = Buffer.from('{}');
	expect(await reader.read({ headers: {}, rawBody })).toBe(rawBody);
	await time.during(Promise.all(held));
	const again = reader.read({ headers: {}, readRawBody: never });
	expect(await time.during(again)).toBe('slow');
});
