/** Query parameters whose value is a key to an account, not a permission for one file. */
const KEY_NAMES =
	/^(api[-_]?key|x-api-key|access_token|subscription-key|auth_token|client_secret)$/i;
/** Google's keys, and tokens of its accounts. */
const GOOGLE_KEY = /^(AIza[\w-]{10,}|ya29\.)/;
/** Mapbox means these to be public. */
const PUBLIC_TOKEN = /^pk\./;

/** What in an address opens more than this one image; undefined when nothing is known to. */
export function secretIn(url: URL): string | undefined {
	if (url.username !== '' || url.password !== '') return 'a user name or a password';
	if (/\/bot\d+(:|%3A)[\w-]+/i.test(url.pathname)) return 'the token of a Telegram bot';
	const hasKey = [...url.searchParams].some(
		([name, value]) =>
			GOOGLE_KEY.test(value) || (KEY_NAMES.test(name) && value !== '' && !PUBLIC_TOKEN.test(value)),
	);
	return hasKey ? 'a key' : undefined;
}
