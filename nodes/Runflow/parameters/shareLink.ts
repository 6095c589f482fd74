import { HOSTS } from '../api/hosts';

/** What a known share link leads to: the image's own address, or why there is none and what to do. */
export type ShareLink = { address: string } | { what: string; advice: string };

interface Service {
	host: RegExp;
	path?: RegExp;
	/** Undefined when the address is none of those that are meant. */
	read: (url: URL) => ShareLink | undefined;
}

/** The image behind a share link; undefined when the address is no known share link. */
export function readShareLink(url: URL): ShareLink | undefined {
	for (const { host, path, read } of SERVICES) {
		if (!host.test(url.hostname) || path?.test(url.pathname) === false) continue;
		const link = read(url);
		if (link !== undefined) return link;
	}
	return undefined;
}

const BY_FILE =
	"download the image with that service's node in n8n and choose Binary File as the image's source";

const OPEN_IMAGE = 'Open the image in a browser, choose Copy Image Address, and enter that';

/** A page that shows an image; its own address is not known. */
function page(host: RegExp, what: string, advice: string, path?: RegExp): Service {
	return { host, path, read: () => ({ what, advice }) };
}

const SERVICES: Service[] = [
	{ host: /^(www\.)?dropbox\.com$/, read: dropbox },
	{ host: /^drive\.google\.com$/, read: googleDrive },
	{
		host: /^github\.com$/,
		path: /^\/[^/]+\/[^/]+\/blob\//,
		read: (url) => {
			const [, owner, name, , ...rest] = url.pathname.split('/');
			return { address: `https://raw.githubusercontent.com/${owner}/${name}/${rest.join('/')}` };
		},
	},
	{
		host: /^gitlab\.com$/,
		path: /\/-\/blob\//,
		read: (url) => ({ address: url.href.replace('/-/blob/', '/-/raw/') }),
	},
	page(/^docs\.google\.com$/, 'a Google document', 'Give the address of the image itself'),
	page(
		/^photos\.(app\.goo\.gl|google\.com)$/,
		'a Google Photos page',
		'Google Photos gives no address that others can read: put the image into Google Drive or another store',
	),
	{
		host: HOSTS.oneDrive,
		read: (url) =>
			isDownload(url)
				? undefined
				: { what: 'a OneDrive or SharePoint page', advice: `Instead, ${BY_FILE}` },
	},
	page(
		HOSTS.notion,
		'a Notion page',
		"Instead, take the address of the file from n8n's Notion node",
		/^\/(?!image\/|signed\/)/,
	),
	page(
		/^(www\.|share\.)?icloud\.com$/,
		'an iCloud page',
		'iCloud gives no address that others can read: upload the image to another store',
	),
	page(
		/^([\w-]+\.)?app\.box\.com$/,
		'a Box page',
		"Instead, enter the 'Direct Link' from Box's link settings",
		/^\/(?!shared\/static\/|public\/static\/)/,
	),
	page(/^(we\.tl|wetransfer\.com)$/, 'a WeTransfer page', `Instead, ${BY_FILE}`),
	page(/^[\w-]+\.slack\.com$/, 'a Slack page', `Instead, ${BY_FILE}`, /^\/(files|archives)\//),
	page(/^slack-files\.com$/, 'a Slack page', `Instead, ${BY_FILE}`),
	page(
		/^[\w-]+\.monday\.com$/,
		'a file that only members of a monday account can read',
		"Instead, take the file's 'public_url' from n8n's monday.com node",
		/^\/protected_static\//,
	),
	page(
		/^files\.slack\.com$/,
		'a file that only members of a Slack can read',
		`Instead, ${BY_FILE}`,
	),
	page(
		/^(www\.)?canva\.com$/,
		'a Canva page',
		'Export the design as PNG and give that address',
		/^\/design\//,
	),
	page(/^(www\.)?figma\.com$/, 'a Figma page', 'Export the frame as PNG and give that address'),
	page(/^(www\.)?pinterest\.[a-z.]+$|^pin\.it$/, 'a Pinterest page', OPEN_IMAGE),
	page(/^(www\.)?instagram\.com$/, 'an Instagram page', OPEN_IMAGE),
	page(/^(www\.)?midjourney\.com$/, 'a Midjourney page', OPEN_IMAGE, /^\/(jobs|app)/),
	page(/^unsplash\.com$/, 'an Unsplash page', OPEN_IMAGE, /^\/photos\/(?!.*\/download$)/),
	page(/^imgur\.com$/, 'an Imgur page', OPEN_IMAGE),
	page(
		/^(www\.)?google\.[a-z.]+$/,
		'a page of Google search',
		OPEN_IMAGE,
		/^\/(imgres|search|url)/,
	),
	page(
		/^airtable\.com$/,
		'an Airtable page',
		"Take the attachment's 'url' from n8n's Airtable node",
	),
];

/** Addresses that give the file itself: made for a download, with their own permission or without a page. */
function isDownload({ pathname, searchParams }: URL): boolean {
	return (
		/\/download(\.aspx)?$/i.test(pathname) ||
		searchParams.has('tempauth') ||
		searchParams.get('download') === '1'
	);
}

/** `raw=1` instead of `dl=0` gives the file (help.dropbox.com/share/force-download). */
function dropbox(url: URL): ShareLink | undefined {
	if (/^\/(scl\/fo|sh|home|preview|request)(\/|$)/.test(url.pathname)) {
		return { what: 'a Dropbox folder', advice: 'Share the image itself and enter that link' };
	}
	if (!/^\/(s|scl\/fi)\//.test(url.pathname)) return undefined;
	const direct = new URL(url);
	direct.searchParams.delete('dl');
	direct.searchParams.set('raw', '1');
	return { address: direct.href };
}

function googleDrive(url: URL): ShareLink | undefined {
	if (/\/folders\//.test(url.pathname)) {
		return { what: 'a Google Drive folder', advice: 'Share the image itself and enter that link' };
	}
	// Accounts of an organization have its domain in front of the path.
	const path = url.pathname.replace(/^\/a\/[^/]+/, '');
	const id = /^\/file\/(?:u\/\d+\/)?d\/([\w-]+)/.exec(path)?.[1];
	const opened = /^\/(open|uc)$/.test(path) ? url.searchParams.get('id') : null;
	const fileId = id ?? opened;
	if (fileId === null) return undefined;
	const direct = new URL('https://drive.google.com/uc?export=download');
	direct.searchParams.set('id', fileId);
	const key = url.searchParams.get('resourcekey');
	if (key !== null) direct.searchParams.set('resourcekey', key);
	return { address: direct.href };
}
