import { parseUrl } from '../../api/address';

const SIGNS: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Text that came from outside, for the content or a quoted attribute of a page. */
export function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);
}

/** The same for an attribute, where nothing may look like another attribute. */
export function escapeAttribute(text: string): string {
	return escapeHtml(text).replace(/=/g, '&#61;');
}

const INLINE_IMAGE = /^data:image\/(?:png|jpe?g|webp|gif|avif|bmp);base64,[A-Za-z0-9+/]+={0,2}$/;

const LONGEST_INLINE = 600_000;

/** A small inline picture of a kind that can hold no script; undefined for anything else. */
export function safeInlineImage(url: string): string | undefined {
	return url.length <= LONGEST_INLINE && INLINE_IMAGE.test(url) ? url : undefined;
}

/** Who has one of these addresses has the key in it too. */
const WITH_A_KEY = /^https:\/\/[^/?#]*@|\/bot\d+(?::|%3A)|[?&](?:api_?)?key=/i;

/** A web address, normalized, if it is https and holds no key; undefined for any other kind. */
export function safeLink(url: string): string | undefined {
	const isSafe = /^https:\/\//i.test(url) && !WITH_A_KEY.test(url);
	return isSafe ? parseUrl(url)?.href : undefined;
}

/** The picture at an address: Google Drive shows one under another address only. */
export function thumbnail(link: string | undefined): string | undefined {
	if (link === undefined) return undefined;
	const { hostname, pathname, searchParams } = new URL(link);
	if (!/^(drive|docs)\.google\.com$|^drive\.usercontent\.google\.com$/.test(hostname)) return link;
	const id = /\/d\/([\w-]+)/.exec(pathname)?.[1] ?? searchParams.get('id');
	return id ? `https://drive.google.com/thumbnail?id=${encodeURIComponent(id)}&sz=w640` : link;
}
