import { HOSTS } from './hosts';

const SECOND_MS = 1_000;

const SIGNATURE_PARAMETERS = [
	...['signature', 'sig', 'hmac', 'token', 'q-signature', 'x-signature'],
	...['x-amz-signature', 'x-goog-signature', 'x-tos-signature', 'x-oss-signature'],
];

/** When a signed address stops working, by what it says itself, in ms since 1970; undefined when it says nothing. */
export function expiryOf(url: URL): number | undefined {
	const query = new Map([...url.searchParams].map(([key, value]) => [key.toLowerCase(), value]));
	return (
		issuedWithLifetime(query.get('x-amz-date'), query.get('x-amz-expires')) ??
		issuedWithLifetime(query.get('x-goog-date'), query.get('x-goog-expires')) ??
		issuedWithLifetime(query.get('x-tos-date'), query.get('x-tos-expires')) ??
		issuedWithLifetime(query.get('x-oss-date'), query.get('x-oss-expires')) ??
		(isSigned(query) ? epoch(query.get('expires')) : undefined) ??
		// imgix, Ideogram, Volcano Engine, Tencent Cloud.
		(query.has('s') ? epoch(query.get('expires')) : undefined) ??
		(query.has('sig') ? epoch(query.get('exp')) : undefined) ??
		(query.has('x-signature') ? epoch(query.get('x-expires')) : undefined) ??
		epoch(query.get('q-sign-time')?.split(';')[1]) ??
		(query.has('sig') ? isoDate(query.get('se')) : undefined) ??
		epoch(query.get('expirationtimestamp')) ??
		(HOSTS.discord.test(url.hostname) ? hexEpoch(query.get('ex')) : undefined) ??
		(HOSTS.metaFiles.test(url.hostname) ? hexEpoch(query.get('oe')) : undefined) ??
		airtableExpiry(url) ??
		tokenExpiry(query.get('token'))
	);
}

/** Whether an address carries a signature, so that nothing in it may be written differently. */
export function isSignedAddress(url: URL): boolean {
	return isSigned(new Map([...url.searchParams].map(([key, value]) => [key.toLowerCase(), value])));
}

function isSigned(query: Map<string, string>): boolean {
	return SIGNATURE_PARAMETERS.some((key) => query.has(key));
}

/** `20240101T000000Z` and seconds, as in signature version 4 of Amazon S3 and Google Cloud Storage. */
function issuedWithLifetime(issued?: string, lifetime?: string): number | undefined {
	const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(issued ?? '');
	if (parts === null || !/^\d+$/.test(lifetime ?? '')) return undefined;
	const [, year, month, day, hour, minute, second] = parts.map(Number);
	if (year === undefined || month === undefined) return undefined;
	return Date.UTC(year, month - 1, day, hour, minute, second) + Number(lifetime) * SECOND_MS;
}

/** Seconds or milliseconds since 1970, told apart by their size. */
function epoch(text = ''): number | undefined {
	if (/^\d{10}$/.test(text)) return Number(text) * SECOND_MS;
	return /^\d{13}$/.test(text) ? Number(text) : undefined;
}

function hexEpoch(text = ''): number | undefined {
	return /^[0-9a-f]{8}$/i.test(text) ? parseInt(text, 16) * SECOND_MS : undefined;
}

function isoDate(text = ''): number | undefined {
	const time = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(time) ? undefined : time;
}

/** Airtable writes it into the path: `/v3/u/…/…/1716480000000/…`. */
function airtableExpiry({ hostname, pathname }: URL): number | undefined {
	if (!HOSTS.airtableFiles.test(hostname)) return undefined;
	return epoch(pathname.split('/').find((part) => /^\d{13}$/.test(part)));
}

/** A JSON Web Token, as in Supabase's signed addresses. */
function tokenExpiry(token = ''): number | undefined {
	const [, payload] = /^eyJ[\w-]+\.([\w-]+)\.[\w-]*$/.exec(token) ?? [];
	if (payload === undefined) return undefined;
	const seconds = /"exp"\s*:\s*(\d{10})\b/.exec(Buffer.from(payload, 'base64').toString())?.[1];
	return epoch(seconds);
}
