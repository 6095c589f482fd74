const ASCII_BRANDS: Record<string, string> = {
	avif: 'image/avif',
	avis: 'image/avif',
	heic: 'image/heic',
	heix: 'image/heic',
	mif1: 'image/heif',
};

/** How many of a file's first bytes tell its type. */
export const HEAD_BYTES = 16;

/** The MIME type of an image by its first bytes; undefined when it is none that is known. */
export function imageTypeOf(head: Buffer): string | undefined {
	const starts = (...bytes: number[]) => bytes.every((byte, at) => head[at] === byte);
	const ascii = (from: number, to: number) => head.toString('latin1', from, to);
	if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a)) return 'image/png';
	if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg';
	if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'image/webp';
	if (/^GIF8[79]a$/.test(ascii(0, 6))) return 'image/gif';
	if (ascii(4, 8) === 'ftyp') return ASCII_BRANDS[ascii(8, 12)];
	if (ascii(0, 2) === 'BM') return 'image/bmp';
	if (starts(0x49, 0x49, 0x2a, 0) || starts(0x4d, 0x4d, 0, 0x2a)) return 'image/tiff';
	return undefined;
}
