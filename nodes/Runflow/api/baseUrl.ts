const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The root of the API without a trailing slash, from the credential's Base URL.
 * The API key travels with every request, so plain http is accepted on this machine only
 * (`insecure`); user name, password, query and hash have no place in it (`unusable`).
 */
export function readBaseUrl(
	value: unknown,
): { url: string } | { problem: 'insecure' | 'unusable' } {
	const parsed = parseUrl(typeof value === 'string' ? value.trim() : '');
	const secure = parsed?.protocol === 'https:';
	const local = parsed?.protocol === 'http:' && LOOPBACK.includes(parsed.hostname);
	if (parsed === undefined || !(secure || local)) return { problem: 'insecure' };
	const { username, password, search, hash, origin, pathname } = parsed;
	if (username + password + search + hash !== '') return { problem: 'unusable' };
	return { url: (origin + pathname).replace(/\/+$/, '') };
}

function parseUrl(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}
