const HEIC = 'image/heic';

/** Brands of ISO media files (ISO/IEC 23008-12, AVIF 1.1): the coding decides, `mif1` and `msf1` only say "image". */
const BRANDS: Record<string, string> = {
	avif: 'image/avif',
	avis: 'image/avif',
	heic: HEIC,
	heix: HEIC,
	heim: HEIC,
	heis: HEIC,
	hevc: HEIC,
	hevx: HEIC,
	hevm: HEIC,
	hevs: HEIC,
};
const GENERAL_BRANDS = ['mif1', 'msf1'];

/** How many of a file's first bytes tell its type: an ISO media file lists its brands there. */
export const HEAD_BYTES = 256;

/** The MIME type of an image by its first bytes; undefined when it is none that is known. */
export function imageTypeOf(head: Buffer): string | undefined {
	const starts = (...bytes: number[]) => bytes.every((byte, at) => head[at] === byte);
	const ascii = (from: number, to: number) => head.toString('latin1', from, to);
	if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a)) return 'image/png';
	if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg';
	if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'image/webp';
	if (/^GIF8[79]a$/.test(ascii(0, 6))) return 'image/gif';
	if (ascii(4, 8) === 'ftyp') return isoMediaType(head);
	// Text may begin so, too.
	if (ascii(0, 2) === 'BM' && !isText(head.toString('utf8'))) return 'image/bmp';
	if (starts(0x49, 0x49, 0x2a, 0) || starts(0x4d, 0x4d, 0, 0x2a)) return 'image/tiff';
	return undefined;
}

/** The major brand, or the first compatible one that names a coding: HEIF when none does. */
function isoMediaType(head: Buffer): string | undefined {
	const major = head.toString('latin1', 8, 12);
	if (!GENERAL_BRANDS.includes(major)) return BRANDS[major];
	const end = Math.min(head.readUInt32BE(0), head.length);
	for (let at = 16; at + 4 <= end; at += 4) {
		const type = BRANDS[head.toString('latin1', at, at + 4)];
		if (type !== undefined) return type;
	}
	return 'image/heif';
}

/** Where in a file which bytes stand that tell what it is. */
const MAGIC_NUMBERS: Array<[at: number, bytes: string, what: string]> = [
	[0, '%PDF-', 'a PDF'],
	[0, 'PK\x03\x04', 'a ZIP archive or an Office document'],
	[0, '8BPS', 'a Photoshop file'],
	[4, 'ftyp', 'a video'],
	[0, '\x1aE\xdf\xa3', 'a video'],
	[8, 'AVI ', 'a video'],
	[8, 'WAVE', 'a sound file'],
	[0, 'ID3', 'a sound file'],
	[0, 'OggS', 'a sound file'],
	[0, 'fLaC', 'a sound file'],
	[0, '\x1f\x8b', 'a compressed file'],
	[0, '\0\0\x01\0', 'an icon (ICO)'],
	[0, '%!PS', 'a PostScript file'],
];
const TEXTS: Array<[RegExp, string]> = [
	[/^(<\?xml[^>]*\?>)?\s*(<!--.*?-->\s*)*(<!DOCTYPE svg[^>]*>\s*)?<svg[\s>/]/is, 'an SVG drawing'],
	[/^(<!--.*?-->\s*)*<(!doctype html|html|head|body)[\s>]/is, 'a web page'],
	[/^<\?xml|^<[a-z]+[\s>]/i, 'an XML document'],
	[/^(undefined|null|NaN|\[object Object\])$/, 'the word that stands for a missing value'],
	[/^[[{]/, 'JSON'],
];

/** What a file is that is no image, by its first bytes: "a web page", "a PDF", "text". */
export function otherTypeOf(head: Buffer): string {
	const bytes = head.toString('latin1');
	const known = MAGIC_NUMBERS.find(([at, signature]) => bytes.startsWith(signature, at));
	if (known) return known[2];
	const text = head
		.toString('utf8')
		.replace(/^\ufeff/, '')
		.trimStart();
	const kind = TEXTS.find(([pattern]) => pattern.test(text));
	if (kind) return kind[1];
	return isText(text) ? 'text' : 'a file of an unknown type';
}

/** The last character may have been cut in two. */
function isText(text: string): boolean {
	return text !== '' && !/[^\P{Cc}\s]|\ufffd/u.test(text.slice(0, -1));
}

/** What to do about a file that is no image. */
export function adviceOn(other: string): string {
	if (other === 'an SVG drawing') {
		return 'SVG is made of shapes, not of pixels: convert it to PNG first';
	}
	if (
		other === 'a web page' ||
		other === 'JSON' ||
		other === 'text' ||
		other === 'an XML document'
	) {
		return 'The server that was asked for the image probably answered with an error or a login page: look at it in the output of the previous node';
	}
	return 'Runflow judges PNG, JPEG, WebP, GIF, AVIF, HEIC, TIFF and BMP images';
}
