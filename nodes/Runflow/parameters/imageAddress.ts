import { isProblem, ParameterProblem } from './check';
import type { Checked } from './check';
import { text } from './kinds';
import type { Kind } from './parameter';
import { excerpt } from './value';

const ASSET = /^runflow:\/\/assets\/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DATA_URI = /^data:image\/[a-z0-9.+-]+(;[a-z0-9-]+=[^;,]*)*;base64,/i;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const MAX_DATA_URI_BYTES = 50 * 1024 * 1024;

/** An image by its address, as `checkImageAddress` takes it. */
export const imageAddress: Kind<string> = (value, asked) => {
	const read = text(value, asked);
	return isProblem(read) ? read : checkImageAddress(read, asked.label);
};

/**
 * An image as Runflow takes it: an `https://` URL, a `runflow://assets/` reference or an inline
 * `data:` image. `label` is the parameter's name as the user sees it.
 */
export function checkImageAddress(value: string, label: string): Checked<string> {
	if (value === '') {
		return new ParameterProblem(
			`'${label}' is empty`,
			'Enter the https:// address of the image. If the image comes as a file from the previous node, choose Binary File as its source',
		);
	}
	if (ASSET.test(value)) return value;
	if (/^data:/i.test(value)) return checkDataUri(value, label);
	if (isHttpsUrl(value)) return value;
	return new ParameterProblem(
		`'${label}' is not an address that Runflow can read`,
		`It must start with https://, runflow://assets/ or data:image/ and was: ${excerpt(value)}`,
	);
}

function checkDataUri(value: string, label: string): Checked<string> {
	const head = DATA_URI.exec(value)?.[0];
	const bytes = head === undefined ? '' : value.slice(head.length);
	if (!BASE64.test(bytes)) {
		return new ParameterProblem(
			`'${label}' is not a complete inline image`,
			'An inline image starts with data:image/, followed by its type, ;base64, and the encoded bytes',
		);
	}
	if ((bytes.length * 3) / 4 > MAX_DATA_URI_BYTES) {
		return new ParameterProblem(
			`'${label}' is larger than 50 MB`,
			'Give Runflow the https:// address of large images',
		);
	}
	return value;
}

function isHttpsUrl(value: string): boolean {
	try {
		return new URL(value).protocol === 'https:' && !/\s/.test(value);
	} catch {
		return false;
	}
}
