/** Characters that an HTTP header cannot carry as they are, or that nobody sees. */
const UNUSABLE = /[^\x21-\x7e]/u;

/**
 * What in an API key cannot be sent, without the key itself; undefined when all of it can. Such a
 * key is never altered in silence: what was pasted is not what Runflow gave out.
 */
export function strayInApiKey(key: string): string | undefined {
	const stray = UNUSABLE.exec(key);
	if (stray === null) return undefined;
	const code = (stray[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
	const what = /[\p{L}\p{N}\p{P}\p{S}]/u.test(stray[0])
		? 'a character that no key has'
		: 'a space or an invisible character';
	return `${what} (U+${code}, at position ${stray.index + 1})`;
}
