import { parseUrl } from '../api/address';
import { HOSTS } from '../api/hosts';
import { expiryOf } from '../api/linkExpiry';

const NOT_SHARED = 'it may not be shared with everyone who has the link';

const NEEDS_LOGIN =
	"this service usually gives its files only to those who sign in: download it with the service's node and choose Binary File";

const NOTIONS = "Notion's addresses stop working after an hour";

const REFUSING = 'the site may refuse to be read by others';

const BY_HOST: Array<[RegExp, string]> = [
	[/(^|\.)(drive|docs)\.google\.com$|(^|\.)drive\.usercontent\.google\.com$/, NOT_SHARED],
	[/(^|\.)dropbox(usercontent)?\.com$|(^|\.)box\.com$/, NOT_SHARED],
	[HOSTS.oneDrive, NOT_SHARED],
	[/^lookaside\.fbsbx\.com$|^mmg\.whatsapp\.net$/, NEEDS_LOGIN],
	[/^(api|mcs)\.([\w-]+\.)*twilio\.com$/, NEEDS_LOGIN],
	[/(^|\.)(typeform|jotform|seatable)\.(com|io)$/, NEEDS_LOGIN],
	[/(^|\.)replicate\.delivery$/, 'Replicate deletes its files about an hour after it made them'],
	[/^oaidalleapi.*\.blob\.core\.windows\.net$/, "OpenAI's addresses stop working after an hour"],
	[HOSTS.airtableFiles, "Airtable's addresses stop working after about two hours"],
	[HOSTS.notion, NOTIONS],
	[/^prod-files-secure\.s3\./, NOTIONS],
	[HOSTS.discord, "Discord's addresses stop working after about a day"],
	[
		/(^|\.)amazonaws\.com$|(^|\.)storage\.googleapis\.com$|(^|\.)r2\.cloudflarestorage\.com$|(^|\.)blob\.core\.windows\.net$/,
		'the storage may be private, or its signed address no longer valid',
	],
	[HOSTS.metaFiles, REFUSING],
	[/(^|\.)pinimg\.com$/, REFUSING],
];

const BY_ENDING: Array<[RegExp, string]> = [
	[/\.svgz?$/i, 'SVG is made of shapes, not of pixels'],
	[/\.(pdf|psd|ai|eps|mp4|mov|webm|zip)$/i, 'by its name it is no image'],
	[/\.(html?|php|aspx)$|\/$/i, 'it may be a web page instead of an image'],
	[/\.hei[cf]$/i, 'HEIC may not be supported: convert it to JPEG'],
];

const ALWAYS = 'check that its URL opens an image without signing in';

/**
 * The likely causes why Runflow could not read the image at an address, in one line: what the
 * address itself tells, else what happens most.
 * @param now milliseconds since 1970
 */
export function likelyCauses(address: string, now = Date.now()): string {
	if (/^runflow:/i.test(address))
		return 'the asset may have been deleted, or belong to another organization';
	if (/^data:/i.test(address)) return 'the inline image may be cut off or damaged';
	const url = parseUrl(address);
	if (url === undefined) return ALWAYS;
	const expiry = expiryOf(url);
	const causes = [
		expiry !== undefined && expiry < now ? expiredText(expiry) : undefined,
		BY_HOST.find(([host]) => host.test(url.hostname))?.[1],
		BY_ENDING.find(([ending]) => ending.test(url.pathname))?.[1],
	].filter((cause) => cause !== undefined);
	return causes.length > 0 ? causes.join('; ') : ALWAYS;
}

function expiredText(expiry: number): string {
	return `its address was valid until ${new Date(expiry).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
