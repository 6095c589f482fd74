import { isConfidential, parseUrl } from './address';

const LONGEST = 2_048;

/**
 * The root of the API without a trailing slash, from the credential's Base URL.
 * The API key travels with every request, so plain http is accepted on this machine only
 * (`insecure`); user name, password, query and hash have no place in it (`unusable`).
 */
export function readBaseUrl(
	value: unknown,
): { url: string } | { problem: 'insecure' | 'unusable' } {
	const text = typeof value === 'string' ? value.trim() : '';
	const parsed = parseUrl(text);
	if (parsed === undefined || !isConfidential(parsed)) return { problem: 'insecure' };
	const { username, password, search, hash, origin, pathname } = parsed;
	const isLong = text.length > LONGEST;
	if (isLong || username + password + search + hash !== '') return { problem: 'unusable' };
	return { url: (origin + pathname).replace(/\/+$/, '') };
}
