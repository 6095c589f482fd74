const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The root of the API without a trailing slash, from the credential's Base URL.
 * The API key travels with every request, so plain http is accepted on this machine only.
 * @returns `{ url }`, or `{ problem }` with a sentence for the user
 */
export function readBaseUrl(value: unknown): { url: string } | { problem: string } {
	const text = typeof value === 'string' ? value.trim() : '';
	const parsed = parseUrl(text);
	const secure = parsed?.protocol === 'https:';
	const local = parsed?.protocol === 'http:' && LOOPBACK.includes(parsed.hostname);
	if (parsed === undefined || !(secure || local)) {
		return { problem: "The Base URL of the Runflow API credential must start with 'https://'" };
	}
	if (parsed.username !== '' || parsed.search !== '' || parsed.hash !== '') {
		return { problem: 'The Base URL of the Runflow API credential must be a plain address' };
	}
	return { url: (parsed.origin + parsed.pathname).replace(/\/+$/, '') };
}

function parseUrl(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}
