const ADDRESS = /([a-z][a-z0-9]{0,9}:)?\/\/[^\s"'<>|]+/gi;
/** Also where an address has no `https://`, or one with escaped slashes. */
const LOGIN = /[^\s/:@"'<>|]{1,64}:[^\s/@"'<>|]{1,128}@(?=[\w-]+[.:/])/g;
const VALUE_IN_QUERY = /([?&][\w.~%[\]-]{1,64})=[^\s&#"'<>|]+/g;

/**
 * A text as it may be shown: in its addresses user name and password, the values of the query and
 * the token of a Telegram bot are left out, because they open what is behind them.
 */
export function masked(text: string): string {
	return text.replace(ADDRESS, maskedAddress).replace(LOGIN, '…@').replace(VALUE_IN_QUERY, '$1=…');
}

function maskedAddress(address: string): string {
	return address
		.replace(/^([^/]*\/\/)[^/?#\\]*@/, '$1…@')
		.replace(/\/bot\d+(:|%3A)[\w-]+/i, '/bot…')
		.replace(/([?&#;][^=&#;]*)=[^&#;]*/g, '$1=…')
		.replace(/([?&#;])[^=&#;]{16,}(?=[&#;]|$)/g, '$1…');
}
