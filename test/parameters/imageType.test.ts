import { HEAD_BYTES, imageTypeOf, otherTypeOf } from '../../nodes/Runflow/parameters/imageType';

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
	['HEIC, heix', latin1('\0\0\0\x18ftypheix'), 'image/heic'],
	['HEIC, heim', latin1('\0\0\0\x18ftypheim'), 'image/heic'],
	['HEIC, heis', latin1('\0\0\0\x18ftypheis'), 'image/heic'],
	['HEIC, hevc', latin1('\0\0\0\x18ftyphevc'), 'image/heic'],
	['HEIC, hevx', latin1('\0\0\0\x18ftyphevx'), 'image/heic'],
	['AVIF sequence', latin1('\0\0\0\x20ftypavis'), 'image/avif'],
	['AVIF as mif1', latin1('\0\0\0\x20ftypmif1\0\0\0\0mif1miafMA1Bavif'), 'image/avif'],
	['HEIC as mif1', latin1('\0\0\0\x18ftypmif1\0\0\0\0mif1heic'), 'image/heic'],
	['HEIC as msf1', latin1('\0\0\0\x1cftypmsf1\0\0\0\0msf1hevciso8'), 'image/heic'],
	['HEIF without a coding', latin1('\0\0\0\x18ftypmif1\0\0\0\0mif1miaf'), 'image/heif'],
	['mif1 whose brands end before avif', latin1('\0\0\0\x14ftypmif1\0\0\0\0mif1avif'), 'image/heif'],
	['BMP', latin1('BM\x36\0\x0c\0\0\0\0\0\x36\0\0\0'), 'image/bmp'],
	['text that begins with BM', latin1('BMW i3, seen from the front'), undefined],
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

it.each([
	['<!doctype html><title>404</title>', 'a web page'],
	['\ufeff\n <HTML lang="en">', 'a web page'],
	['<svg xmlns="http://www.w3.org/2000/svg">', 'an SVG drawing'],
	['<?xml version="1.0"?>\n<!-- made by hand -->\n<svg>', 'an SVG drawing'],
	['<?xml version="1.0"?><Error><Code>AccessDenied</Code>', 'an XML document'],
	['{"error":"x"}', 'JSON'],
	['undefined', 'the word that stands for a missing value'],
	['Not found', 'text'],
	['Größe', 'text'],
	['%PDF-1.7', 'a PDF'],
	['PK\x03\x04', 'a ZIP archive or an Office document'],
	['\0\0\0\x20ftypisom', 'a video'],
	['RIFF\x24\0\0\0WAVEfmt ', 'a sound file'],
	['\0\x01\x02', 'a file of an unknown type'],
])('%j is %s', (content, expected) => {
	expect(otherTypeOf(Buffer.from(content))).toBe(expected);
});
