import { MAX_ASSET_BYTES } from '../api/assets';
import { trimmedEnd } from '../api/trim';
import { ParameterProblem } from './check';
import type { Checked } from './check';
import { adviceOn, HEAD_BYTES, imageTypeOf, otherTypeOf } from './imageType';

/** Characters of base64 that hold the first bytes of a file. */
const HEAD_LENGTH = Math.ceil(HEAD_BYTES / 3) * 4;
const MISSING_VALUE = /^(undefined|null|NaN|\[object Object\]|)$/;
const EXAMPLE = 'An inline image looks like data:image/png;base64,iVBORw0KGgo…';

/**
 * An inline image as a browser would read it: without line breaks, in plain base64, and with the
 * type that its first bytes tell. `label` is the parameter's name as the user sees it.
 * @param isInner whether it stood behind another `data:`, as where an expression adds one too many
 */
export function checkInlineImage(value: string, label: string, isInner = false): Checked<string> {
	const comma = value.indexOf(',');
	if (comma < 0) return incomplete(label, 'It has no comma between its type and its content');
	const rest = value.slice(comma + 1).trim();
	if (!isInner && /^data:/i.test(rest)) return checkInlineImage(rest, label, true);
	const content = plainBase64(rest);
	if (MISSING_VALUE.test(content)) {
		return incomplete(label, `Its content is ${content === '' ? 'empty' : `the word ${content}`}`);
	}
	if (!/;\s*base64$/i.test(value.slice(0, comma).trimEnd()) && !isImage(content)) {
		return incomplete(label, 'Its content is not encoded in base64');
	}
	const stray = /[^A-Za-z0-9+/]/.exec(withoutPadding(content))?.[0];
	if (stray !== undefined) return incomplete(label, strayCharacter(stray));
	if ((content.length * 3) / 4 > MAX_ASSET_BYTES) {
		return new ParameterProblem(
			`'${label}' is larger than 50 MB`,
			'Give Runflow the https:// address of large images',
		);
	}
	const type = imageTypeOf(headOf(content));
	return type === undefined ? notAnImage(content, label) : `data:${type};base64,${content}`;
}

/** Whether text is the bytes of an image in base64, without anything in front of them. */
export function isImage(base64: string): boolean {
	return imageTypeOf(headOf(plainBase64(base64.slice(0, HEAD_LENGTH * 2)))) !== undefined;
}

/** URL-safe and percent-encoded base64 as plain base64, without line breaks and with its padding. */
function plainBase64(given: string): string {
	const decoded = /%[0-9a-f]{2}/i.test(given)
		? given.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
		: given;
	const plain = decoded
		.replace(/[\r\n\t]+ */g, '')
		.replace(/-/g, '+')
		.replace(/_/g, '/');
	const body = withoutPadding(plain);
	return body.length % 4 < 2 ? body : body.padEnd(Math.ceil(body.length / 4) * 4, '=');
}

function withoutPadding(base64: string): string {
	return trimmedEnd(base64, (sign) => sign === '=');
}

function headOf(base64: string): Buffer {
	return Buffer.from(base64.slice(0, HEAD_LENGTH), 'base64').subarray(0, HEAD_BYTES);
}

function strayCharacter(stray: string): string {
	if (stray === ' ') {
		return 'Its content has spaces: plus signs probably became spaces on the way';
	}
	return `Its content has the character ${stray}, which base64 does not use`;
}

function incomplete(label: string, what: string): ParameterProblem {
	return new ParameterProblem(`'${label}' is not a complete inline image`, `${what}. ${EXAMPLE}`);
}

function notAnImage(content: string, label: string): ParameterProblem {
	const other = otherTypeOf(headOf(content));
	return new ParameterProblem(
		`'${label}' is an inline file, but not an image`,
		`It is ${other}. ${adviceOn(other)}`,
	);
}
