import { countLabels, issueLabels } from '../../nodes/Runflow/verdict/labels';
import { likelyCauses } from '../../nodes/Runflow/verdict/mediaCauses';

const NOT_SHARED = 'it may not be shared with everyone who has the link';
const REPLICATE = 'Replicate deletes its files about an hour after it made them';
const OPENAI = "OpenAI's addresses stop working after an hour";
const AIRTABLE = "Airtable's addresses stop working after about two hours";
const NOTION = "Notion's addresses stop working after an hour";
const DISCORD = "Discord's addresses stop working after about a day";
const STORAGE = 'the storage may be private, or its signed address no longer valid';
const SITE = 'the site may refuse to be read by others';
const SVG = 'SVG is made of shapes, not of pixels';
const NO_IMAGE = 'by its name it is no image';
const PAGE = 'it may be a web page instead of an image';
const HEIC = 'HEIC may not be supported: convert it to JPEG';
const ALWAYS = 'check that its URL opens an image without signing in';

const causes = (place: string) => likelyCauses(`https://${place}`);

/** Hosts with subdomains; each has look-alikes that are somebody else's. */
it.each([
	['drive.google.com', NOT_SHARED],
	['docs.google.com', NOT_SHARED],
	['drive.usercontent.google.com', NOT_SHARED],
	['dropbox.com', NOT_SHARED],
	['dropboxusercontent.com', NOT_SHARED],
	['box.com', NOT_SHARED],
	['sharepoint.com', NOT_SHARED],
	['1drv.ms', NOT_SHARED],
	['onedrive.live.com', NOT_SHARED],
	['replicate.delivery', REPLICATE],
	['airtableusercontent.com', AIRTABLE],
	['notion.so', NOTION],
	['notion.site', NOTION],
	['notion.com', NOTION],
	['discord.com', DISCORD],
	['discordapp.net', DISCORD],
	['amazonaws.com', STORAGE],
	['storage.googleapis.com', STORAGE],
	['r2.cloudflarestorage.com', STORAGE],
	['blob.core.windows.net', STORAGE],
	['fbcdn.net', SITE],
	['cdninstagram.com', SITE],
	['pinimg.com', SITE],
])('%s: %s', (host, cause) => {
	expect(causes(`${host}/a.png`)).toBe(cause);
	expect(causes(`x.y.${host}/a.png`)).toBe(cause);
	expect(causes(`not${host}/a.png`)).toBe(ALWAYS);
	expect(causes(`${host}.example.com/a.png`)).toBe(ALWAYS);
});

it.each([
	['oaidalleapiprodscus.blob.core.windows.net/a.png', OPENAI],
	['x-oaidalleapi.blob.core.windows.net/a.png', STORAGE],
	['oaidalleapi1.blob.core.windows.net.example.com/a.png', ALWAYS],
	['prod-files-secure.s3.us-west-2.amazonaws.com/a.png', NOTION],
	['my-prod-files-secure.s3.amazonaws.com/a.png', STORAGE],
	['example.com/a.SVG', SVG],
	['example.com/a.svgz', SVG],
	['example.com/a.svg.png', ALWAYS],
	['example.com/a.pdf', NO_IMAGE],
	['example.com/a.pdf.png', ALWAYS],
	['example.com/a.html', PAGE],
	['example.com/a.htm', PAGE],
	['example.com/a.php', PAGE],
	['example.com/a.html.png', ALWAYS],
	['example.com/a/', PAGE],
	['example.com/a.heic', HEIC],
	['example.com/a.HEIF', HEIC],
	['example.com/a.heic.png', ALWAYS],
	['drive.google.com/a.svg', `${NOT_SHARED}; ${SVG}`],
])('%s: %s', (place, cause) => {
	expect(causes(place)).toBe(cause);
});

it.each([
	['x-runflow:1', ALWAYS],
	['x-data:1', ALWAYS],
	['no address', ALWAYS],
	['RUNFLOW://assets/1', 'the asset may have been deleted, or belong to another organization'],
	['DATA:image/png;base64,', 'the inline image may be cut off or damaged'],
])('%s: %s', (address, cause) => {
	expect(likelyCauses(address)).toBe(cause);
});

it('says that an address is over only once it is', () => {
	const at = Date.UTC(2024, 0, 1, 1);
	const address = 'https://cdn.example.com/a.png?signature=s&expires=1704070800';
	expect(likelyCauses(address, at)).toBe(ALWAYS);
	expect(likelyCauses(address, at + 1)).toBe('its address was valid until 2024-01-01 01:00 UTC');
});

it('reads issues by the first of the names that Runflow may use', () => {
	const names = ['detail', 'label', 'message', 'name', 'subcategory', 'category', 'code'];
	for (const [index, name] of names.entries()) {
		const issue = Object.fromEntries(names.slice(index).map((each) => [each, each]));
		expect(issueLabels([issue])).toEqual([name]);
	}
	expect(issueLabels(['a', ' ', 7, null, {}, ' b\n c '])).toEqual(['a', 'b c']);
	expect(issueLabels('one')).toEqual(['one']);
	expect(issueLabels({ label: 'one' })).toEqual(['one']);
	expect(issueLabels(undefined)).toEqual([]);
});

it('counts labels, the most frequent first, those that are equal as they came', () => {
	expect(countLabels(['Dark', 'blurred', 'Blurred', 'odd', 'BLURRED', 'Odd'])).toEqual([
		{ issue: 'blurred', count: 3 },
		{ issue: 'odd', count: 2 },
		{ issue: 'Dark', count: 1 },
	]);
});
