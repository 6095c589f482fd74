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

const INLINE_IMAGE = /^data:image\/(?:png|jpe?g|webp|gif|avif|bmp);base64,[A-Za-z0-9+/]+={0,2}$/;

const LONGEST_INLINE = 600_000;

/** A small inline picture of a kind that can hold no script; undefined for anything else. */
export function safeInlineImage(url: string): string | undefined {
	return url.length <= LONGEST_INLINE && INLINE_IMAGE.test(url) ? url : undefined;
}

/** A web address, normalized, if it is https; undefined for any other kind. */
export function safeLink(url: string): string | undefined {
	if (!/^https:\/\//i.test(url)) return undefined;
	try {
		return new URL(url).href;
	} catch {
		return undefined;
	}
}
