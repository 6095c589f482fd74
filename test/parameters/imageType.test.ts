import { HEAD_BYTES, imageTypeOf } from '../../nodes/Runflow/parameters/imageType';

const latin1 = (text: string) => Buffer.from(text, 'latin1');

it.each([
	['PNG', latin1('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'), 'image/png'],
	['JPEG (JFIF)', latin1('\xff\xd8\xff\xe0\0\x10JFIF'), 'image/jpeg'],
	['JPEG (Exif)', latin1('\xff\xd8\xff\xe1'), 'image/jpeg'],
	['WebP', latin1('RIFF\x24\0\0\0WEBPVP8 '), 'image/webp'],
	['GIF 87', latin1('GIF87a'), 'image/gif'],
	['GIF 89', latin1('GIF89a'), 'image/gif'],
	['AVIF', latin1('\0\0\0\x20ftypavif'), 'image/avif'],
	['HEIC', latin1('\0\0\0\x18ftypheic'), 'image/heic'],
	['BMP', latin1('BM\x36\0'), 'image/bmp'],
	['TIFF, little-endian', latin1('II*\0'), 'image/tiff'],
	['TIFF, big-endian', latin1('MM\0*'), 'image/tiff'],
	['WAV, which is RIFF too', latin1('RIFF\x24\0\0\0WAVEfmt '), undefined],
	['MP4, which has ftyp too', latin1('\0\0\0\x20ftypisom'), undefined],
	['PDF', latin1('%PDF-1.7'), undefined],
	['a web page', latin1('<!doctype html>'), undefined],
	['JSON', latin1('{"error":"x"}'), undefined],
	['two bytes of a JPEG', latin1('\xff\xd8'), undefined],
	['nothing', Buffer.alloc(0), undefined],
])('%s', (_name, head, expected) => {
	expect(imageTypeOf(head)).toBe(expected);
	expect(imageTypeOf(head.subarray(0, HEAD_BYTES))).toBe(expected);
});
