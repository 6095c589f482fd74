import { parseUrl } from '../api/address';
import { expiryOf, isSignedAddress } from '../api/linkExpiry';
import { isObject, readJson } from '../api/read';
import { trimmedBy, trimmedEnd } from '../api/trim';
import { isPrivateHost } from '../api/reach';
import {
	bareBytes,
	emptyAddress,
	expiredAddress,
	hashInAddress,
	notAnAddress,
	privateAddress,
	problemOfText,
	secretInAddress,
} from './addressProblem';
import { secretIn } from './addressSecret';
import { ParameterProblem } from './check';
import type { Checked } from './check';
import { checkInlineImage, isImage } from './inlineImage';
import type { Asked, Kind } from './parameter';
import { readShareLink } from './shareLink';
import { isUnset } from './value';
import { findAddress } from './valueWithAddress';

const ASSET = /^runflow:\/\/assets\/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Longer than any server takes. */
const LONGEST_ADDRESS = 16_384;

/** An image by its address: text, or what a generator or a table gives with one address in it. */
export const imageAddress: Kind<string> = (value, asked) => {
	if (isUnset(value)) return emptyAddress(asked.label);
	const address = findAddress(value, asked);
	return typeof address === 'string' ? checkImageAddress(address, asked.label, asked) : address;
};

/**
 * An image as Runflow takes it: an `https://` URL as a browser writes it, a `runflow://assets/`
 * reference or an inline `data:` image. `label` is the parameter's name as the user sees it.
 */
export function checkImageAddress(
	value: string,
	label: string,
	asked: Asked = { label },
	now = Date.now(),
): Checked<string> {
	const text = unwrapped(value);
	if (text === '') return emptyAddress(label);
	if (ASSET.test(text)) return text;
	if (/^data:/i.test(text)) return checkInlineImage(text, label);
	const listed = /^[[{]/.test(text) ? listOrObject(text) : undefined;
	if (typeof listed === 'object') return imageAddress(listed, parsedBy(asked));
	if (text.length >= 64 && isImage(text)) return bareBytes(asked);
	const problem = problemOfText(text, label, LONGEST_ADDRESS);
	return problem ?? checkUrl(urlIn(text), text, label, now);
}

/** Without spaces, invisible characters, quotes, angle brackets (also Slack's) or a comma around it. */
function unwrapped(value: string): string {
	const bare = trimmedBy(value, isAround);
	const alone = /^["'<]?https?:/i.test(bare) ? trimmedEnd(bare, isBehind) : bare;
	const inside = /^(["'])([^"']*)\1$|^<([^<>|]*)(?:\|[^<>]*)?>$/.exec(alone);
	return inside ? (inside[2] ?? inside[3] ?? '').trim() : alone;
}

const isAround = (sign: string) => /[\s\u200b\u200e\u200f\u2060\ufeff]/.test(sign);
const isBehind = (sign: string) => sign === ',' || sign === ';' || isAround(sign);

/** How an expression reads the JSON that the value is as text. */
function parsedBy({ label, expression }: Asked): Asked {
	return { label, expression: `${expression ?? '$json.output'}.parseJson()` };
}

/** The address with `&amp;` of HTML as `&` and a missing `https:` before `//`; undefined when it is none. */
function urlIn(text: string): URL | undefined {
	return parseUrl(text.replace(/&amp;/gi, '&').replace(/^\/\/(?=[^/])/, 'https://'));
}

function checkUrl(url: URL | undefined, text: string, label: string, now: number): Checked<string> {
	const secret = url && secretIn(url);
	if (secret !== undefined) return secretInAddress(label, secret);
	if (url?.protocol !== 'https:') return notAnAddress(text, label);
	if (isPrivateHost(url.hostname)) return privateAddress(label);
	if (/\.(png|jpe?g|webp|gif|avif)$|\?/i.test(url.hash)) return hashInAddress(label);
	const expiry = expiryOf(url);
	if (expiry !== undefined && expiry < now) return expiredAddress(expiry, label);
	const link = readShareLink(url);
	if (link === undefined) return written(url, text);
	if ('address' in link) return link.address;
	return new ParameterProblem(`'${label}' is ${link.what}, not an image`, link.advice);
}

/** As a browser writes it; a signed address is left as it is wherever it can be sent so. */
function written(url: URL, text: string): string {
	const rest = /^https:\/\/[^/?#\\\s]+([/?][!-[\]-~]*)$/i.exec(text)?.[1];
	if (rest === undefined || rest.includes('&amp;') || !isSignedAddress(url)) return url.href;
	return `${url.origin}${rest}`;
}

function listOrObject(text: string): unknown {
	const parsed = readJson(text);
	return Array.isArray(parsed) || isObject(parsed) ? parsed : undefined;
}
