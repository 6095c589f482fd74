import { jsonParse } from 'n8n-workflow';

import { isObject } from '../api/read';
import { isPrivateHost } from '../callback/reach';
import { ParameterProblem } from './check';
import type { Checked } from './check';
import { checkInlineImage, isImage } from './inlineImage';
import { expiryOf, isSignedAddress } from '../api/linkExpiry';
import type { Asked, Kind } from './parameter';
import { readShareLink } from './shareLink';
import { findAddress } from './valueWithAddress';
import { excerpt, isUnset } from './value';

const ASSET = /^runflow:\/\/assets\/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const PUBLIC_ADVICE =
	"Runflow fetches the image over the internet. Put it at a public address, or choose Binary File as the image's source";

/** An image by its address: text, or what a generator or a table gives with one address in it. */
export const imageAddress: Kind<string> = (value, asked) => {
	if (isUnset(value)) return empty(asked.label);
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
	if (text === '') return empty(label);
	if (ASSET.test(text)) return text;
	if (/^data:/i.test(text)) return checkInlineImage(text, label);
	const listed = /^[[{]/.test(text) ? parseJson(text) : undefined;
	if (typeof listed === 'object') return imageAddress(listed, asked);
	if (text.length >= 64 && isImage(text)) return bareBytes(asked);
	return problemOfText(text, label) ?? checkUrl(parseUrl(text), text, label, now);
}

/** Without spaces, invisible characters, quotes or angle brackets around it. */
function unwrapped(value: string): string {
	const bare = value.replace(
		/^[\s\u200b\u200e\u200f\u2060\ufeff]+|[\s\u200b\u200e\u200f\u2060\ufeff]+$/g,
		'',
	);
	const inside = /^(["'])([^"']*)\1$|^<([^<>]*)>$/.exec(bare);
	return inside ? (inside[2] ?? inside[3] ?? '').trim() : bare;
}

function problemOfText(text: string, label: string): ParameterProblem | undefined {
	if (text.includes('[object Object]')) {
		return new ParameterProblem(
			`'${label}' contains [object Object] instead of an address`,
			'An expression put an object into the text. Pick the address in it, for example {{ $json.image.url }}',
		);
	}
	const several = text.match(/(^|[\s,;|])https?:\/\//gi);
	if (several !== null && several.length > 1) {
		return new ParameterProblem(
			`'${label}' has ${several.length} addresses`,
			'One item is one image: put a Split Out node before this one, or pick one address with an expression, for example {{ $json.urls.split(",")[0] }}',
		);
	}
	const invisible = /[\u200b\u200e\u200f\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]/.exec(text);
	if (invisible === null) return /[\r\n\t]/.test(text) ? lineBreak(text, label) : undefined;
	return new ParameterProblem(
		`'${label}' has an invisible character in the address`,
		`It stands after "${excerpt(text.slice(Math.max(0, invisible.index - 40), invisible.index))}". Delete it, or copy the address again`,
	);
}

/** The address with `&amp;` of HTML as `&` and a missing `https:` before `//`; undefined when it is none. */
function parseUrl(text: string): URL | undefined {
	const plain = text.replace(/&amp;/gi, '&').replace(/^\/\/(?=[^/])/, 'https://');
	try {
		return new URL(plain);
	} catch {
		return undefined;
	}
}

function checkUrl(url: URL | undefined, text: string, label: string, now: number): Checked<string> {
	if (url?.protocol !== 'https:') return notAnAddress(text, label);
	if (url.username !== '' || url.password !== '') {
		return new ParameterProblem(
			`'${label}' contains a user name or a password`,
			"Runflow cannot sign in to fetch an image. Download it with an HTTP Request node and choose Binary File as the image's source",
		);
	}
	if (isPrivateHost(url.hostname)) {
		const what = 'is an address of this machine or of a private network';
		return new ParameterProblem(`'${label}' ${what}`, PUBLIC_ADVICE);
	}
	if (/\.(png|jpe?g|webp|gif|avif)$|\?/i.test(url.hash)) {
		return new ParameterProblem(
			`'${label}' has a # in the address`,
			'What follows # is not sent to the server. Write %23 instead if it is part of the file name',
		);
	}
	const expiry = expiryOf(url);
	if (expiry !== undefined && expiry < now) return expired(expiry, label);
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

function expired(expiry: number, label: string): ParameterProblem {
	const minute = new Date(expiry).toISOString().slice(0, 16).replace('T', ' ');
	return new ParameterProblem(
		`'${label}' is an address that has expired`,
		`It was valid until ${minute} UTC. Let the previous node create a new one, or choose Binary File as the image's source`,
	);
}

function bareBytes({ label, expression }: Asked): ParameterProblem {
	const bytes = expression ?? '$json.image';
	return new ParameterProblem(
		`'${label}' has the bytes of an image instead of an address`,
		`Put their type in front of them: data:image/png;base64,{{ ${bytes} }}`,
	);
}

function lineBreak(text: string, label: string): ParameterProblem {
	return new ParameterProblem(
		`'${label}' has a line break or a tab in the address`,
		`Remove it. The value was: ${excerpt(text)}`,
	);
}

function empty(label: string): ParameterProblem {
	return new ParameterProblem(
		`'${label}' is empty`,
		'Enter the https:// address of the image. If the image comes as a file from the previous node, choose Binary File as its source',
	);
}

function notAnAddress(text: string, label: string): ParameterProblem {
	const inside = /https:\/\/[^\s"'<>()[\]]+/.exec(text)?.[0];
	const isBare = /^[\w-]+(\.[\w-]+)*\.[a-z]{2,}(:\d+)?\/\S*$/i.test(text);
	const meant = isBare ? `https://${text}` : inside;
	const hint = meant === undefined ? '' : `. Perhaps you mean ${excerpt(meant, 200)}`;
	return new ParameterProblem(
		`'${label}' is not an address that Runflow can read`,
		`It must start with https://, runflow://assets/ or data:image/ and was: ${excerpt(text)}${hint}`,
	);
}

function parseJson(text: string): unknown {
	try {
		const parsed: unknown = jsonParse(text);
		return Array.isArray(parsed) || isObject(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}
