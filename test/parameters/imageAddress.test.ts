import { isProblem } from '../../nodes/Runflow/parameters/check';
import { checkImageAddress } from '../../nodes/Runflow/parameters/imageAddress';

const ASSET = 'runflow://assets/0b6f6f0e-3c0d-4b8e-9d0a-0a4f5b1c2d3e';
const PNG =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const NOW = Date.UTC(2026, 10, 25);

const check = (value: string) => checkImageAddress(value, 'URL', { label: 'URL' }, NOW);

it.each([
	['https://example.com/a.png', 'https://example.com/a.png'],
	['HTTPS://CDN.Example/A.PNG?token=a%20b&x=1#y', 'https://cdn.example/A.PNG?token=a%20b&x=1#y'],
	['https://bücher.example/ä.png', 'https://xn--bcher-kva.example/%C3%A4.png'],
	['https://cdn.example/my image 1.png', 'https://cdn.example/my%20image%201.png'],
	['https:cdn.example/a.png', 'https://cdn.example/a.png'],
	['https:\\\\cdn.example\\a.png', 'https://cdn.example/a.png'],
	['//cdn.example/a.png', 'https://cdn.example/a.png'],
	['https://cdn.example/a.png?w=1&amp;h=2', 'https://cdn.example/a.png?w=1&h=2'],
	['https://cdn.example:443/a.png', 'https://cdn.example/a.png'],
	['\u200bhttps://cdn.example/a.png\ufeff\n', 'https://cdn.example/a.png'],
	['"https://cdn.example/a.png"', 'https://cdn.example/a.png'],
	['<https://cdn.example/a.png>', 'https://cdn.example/a.png'],
	['["https://cdn.example/a.png"]', 'https://cdn.example/a.png'],
	['{"url":"https://cdn.example/a.png"}', 'https://cdn.example/a.png'],
	[
		'https://example.com/cdn-cgi/image/width=80,quality=75/https://cdn.example/a.png',
		'https://example.com/cdn-cgi/image/width=80,quality=75/https://cdn.example/a.png',
	],
	[
		"HTTPS://b.s3.amazonaws.com/it's/./k.png?X-Amz-Signature=a'b",
		"https://b.s3.amazonaws.com/it's/./k.png?X-Amz-Signature=a'b",
	],
	['<https://cdn.example/a.png|a.png>', 'https://cdn.example/a.png'],
	['https://cdn.example/a.png, ', 'https://cdn.example/a.png'],
	['"https://cdn.example/a.png",', 'https://cdn.example/a.png'],
	[
		'https://contoso-my.sharepoint.com/personal/a/_layouts/15/download.aspx?UniqueId=1&tempauth=v1.a',
		'https://contoso-my.sharepoint.com/personal/a/_layouts/15/download.aspx?UniqueId=1&tempauth=v1.a',
	],
	[
		'https://contoso.sharepoint.com/:i:/g/personal/a/E1?e=x&download=1',
		'https://contoso.sharepoint.com/:i:/g/personal/a/E1?e=x&download=1',
	],
	[
		'https://onedrive.live.com/download?resid=1&authkey=2',
		'https://onedrive.live.com/download?resid=1&authkey=2',
	],
	[
		'https://drive.google.com/a/example.com/file/d/1AbC-_9/view',
		'https://drive.google.com/uc?export=download&id=1AbC-_9',
	],
	[
		'https://api.mapbox.com/a.png?access_token=pk.public',
		'https://api.mapbox.com/a.png?access_token=pk.public',
	],
	[ASSET, ASSET],
	[
		ASSET.toUpperCase().replace('RUNFLOW://ASSETS', 'runflow://assets'),
		ASSET.toUpperCase().replace('RUNFLOW://ASSETS', 'runflow://assets'),
	],
	[
		'https://www.dropbox.com/scl/fi/abc/a.png?rlkey=k&dl=0',
		'https://www.dropbox.com/scl/fi/abc/a.png?rlkey=k&raw=1',
	],
	['https://www.dropbox.com/s/abc/a.png', 'https://www.dropbox.com/s/abc/a.png?raw=1'],
	[
		'https://drive.google.com/file/d/1AbC-_9/view?usp=sharing',
		'https://drive.google.com/uc?export=download&id=1AbC-_9',
	],
	['https://drive.google.com/open?id=1AbC', 'https://drive.google.com/uc?export=download&id=1AbC'],
	[
		'https://drive.google.com/file/d/1AbC/view?resourcekey=0-x',
		'https://drive.google.com/uc?export=download&id=1AbC&resourcekey=0-x',
	],
	[
		'https://github.com/o/r/blob/main/img/a.png',
		'https://raw.githubusercontent.com/o/r/main/img/a.png',
	],
])('%s is sent as %s', (value, sent) => {
	expect(check(value)).toBe(sent);
});

it.each([
	['', "'URL' is empty", 'Enter the https:// address'],
	[
		'http://example.com/a.png',
		'not an address that Runflow can read',
		'and was: http://example.com/a.png. Perhaps you mean https://example.com/a.png',
	],
	[`https://example.com/${'a'.repeat(16_384)}`, 'too long for an address', '16,404 characters'],
	[
		'https://api.telegram.org/file/bot123456:AAF/photos/file_1.jpg',
		'contains the token of a Telegram bot',
		'Binary File',
	],
	['https://g.example/v1/files/1?alt=media&key=AIzaSyAbcdefghij', 'contains a key', 'Binary File'],
	['https://g.example/a.png?api_key=1', 'contains a key', 'Binary File'],
	['https://slack-files.com/T1-F1-abc', 'is a Slack page', 'Binary File'],
	[
		'https://acme.monday.com/protected_static/1/resources/2/a.png',
		'is a file that only members of a monday account can read',
		"'public_url'",
	],
	[
		'http://s.example/a.png?X-Amz-Signature=abc&w=1',
		'not an address',
		'https://s.example/a.png?X-Amz-Signature=…&w=…',
	],
	[
		'example.com/a.png',
		'not an address that Runflow can read',
		'Perhaps you mean https://example.com/a.png',
	],
	[
		'![cat](https://example.com/a.png)',
		'not an address that Runflow can read',
		'Perhaps you mean https://example.com/a.png',
	],
	[
		'=IMAGE("https://example.com/a.png")',
		'not an address that Runflow can read',
		'Perhaps you mean https://example.com/a.png',
	],
	['https://', 'not an address that Runflow can read', 'was: https://'],
	['file:///a.png', 'not an address that Runflow can read', 'was: file:///a.png'],
	['runflow://assets/1', 'not an address that Runflow can read', 'was: runflow://assets/1'],
	[`${ASSET}/../x`, 'not an address that Runflow can read', ''],
	['undefined', 'not an address that Runflow can read', 'was: undefined'],
	['[object Object]', 'contains [object Object]', '{{ $json.image.url }}'],
	['https://a.example/a.png,https://a.example/b.png', 'has 2 addresses', 'Split Out'],
	[
		'https://a.example/a.png\nhttps://a.example/b.png\nhttps://a.example/c.png',
		'has 3 addresses',
		'Split Out',
	],
	['https://a.example/a\n.png', 'has a line break', 'Remove it'],
	[
		'https://a.example/a\u200b.png',
		'has an invisible character',
		'It stands after "https://a.example/a"',
	],
	['https://localhost:5678/a.png', 'of a private network', 'over the internet'],
	['https://192.168.1.4/a.png', 'of a private network', 'over the internet'],
	['https://minio:9000/a.png', 'of a private network', 'over the internet'],
	['https://me:secret@a.example/a.png', 'user name or a password', 'HTTP Request'],
	['https://a.example/image #1.png', 'has a #', '%23'],
	[
		'https://b.s3.amazonaws.com/k.png?X-Amz-Date=20240101T000000Z&X-Amz-Expires=3600&X-Amz-Signature=x',
		'has expired',
		'until 2024-01-01 01:00 UTC',
	],
	[
		'https://storage.googleapis.com/b/k?X-Goog-Date=20240101T000000Z&X-Goog-Expires=60&X-Goog-Signature=x',
		'has expired',
		'until 2024-01-01 00:01 UTC',
	],
	[
		'https://b.s3.amazonaws.com/k.png?AWSAccessKeyId=A&Expires=1704067200&Signature=x',
		'has expired',
		'until 2024-01-01 00:00 UTC',
	],
	[
		'https://x.blob.core.windows.net/c/a.png?se=2024-01-01T00%3A00%3A00Z&sp=r&sig=x',
		'has expired',
		'until 2024-01-01 00:00 UTC',
	],
	[
		'https://file.notion.so/f/a.png?expirationTimestamp=1704067200000&signature=x',
		'has expired',
		'2024-01-01',
	],
	[
		'https://v5.airtableusercontent.com/v3/u/29/29/1704067200000/abc/def',
		'has expired',
		'2024-01-01',
	],
	[
		'https://cdn.discordapp.com/attachments/1/2/a.png?ex=65920080&is=1&hm=2',
		'has expired',
		'2024-01-01',
	],
	['https://onedrive.live.com/?cid=1&id=2', 'is a OneDrive or SharePoint page', 'Binary File'],
	['https://1drv.ms/i/s!abc', 'is a OneDrive or SharePoint page', 'Binary File'],
	['https://www.notion.so/Page-123', 'is a Notion page', 'Notion node'],
	['https://photos.app.goo.gl/abc', 'is a Google Photos page', 'another store'],
	['https://www.icloud.com/photos/#0abc', 'is an iCloud page', 'another store'],
	[
		'https://drive.google.com/drive/folders/1AbC',
		'is a Google Drive folder',
		'Share the image itself',
	],
	['https://www.dropbox.com/scl/fo/abc/h?rlkey=k', 'is a Dropbox folder', 'Share the image itself'],
	[PNG, 'has the bytes of an image', 'data:image/png;base64,{{ $json.image }}'],
	['data:', 'not a complete inline image', 'no comma'],
	['data:image/png;base64,', 'not a complete inline image', 'empty'],
	['data:image/png;base64,undefined', 'not a complete inline image', 'the word undefined'],
	['data:image/png;base64,…', 'not a complete inline image', 'the character …'],
	['data:image/png;base64,iVBOR w0KGgo=', 'not a complete inline image', 'spaces'],
	['data:image/png,raw', 'not a complete inline image', 'not encoded in base64'],
	['data:text/html;base64,PCFkb2N0eXBlIGh0bWw+', 'inline file, but not an image', 'a web page'],
	['data:image/svg+xml;base64,PHN2Zy8+', 'inline file, but not an image', 'convert it to PNG'],
])('refuses %s', (value, message, description) => {
	const problem = check(value);
	if (!isProblem(problem)) throw new Error(`Taken as ${problem}`);
	expect(problem.message).toContain(message);
	expect(problem.description).toContain(description);
});

it.each([
	[`data:image/png;base64,${PNG}`],
	[`data:image/jpeg;base64,${PNG}`],
	[`data:image/png;charset=utf-8;base64,${PNG}`],
	[`data:;base64,${PNG}`],
	[`data:application/octet-stream;base64,${PNG}`],
	[`data:image/png,${PNG}`],
	[`DATA:image/png;BASE64,${PNG}`],
	[`data:image/png;base64,data:image/png;base64,${PNG}`],
	[`data:image/png;base64,${PNG.slice(0, 40)}\r\n${PNG.slice(40)}\n`],
	[`data:image/png;base64,${PNG.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')}`],
	[`data:image/png;base64,${encodeURIComponent(PNG)}`],
])('reads the inline image of %s', (value) => {
	expect(check(value)).toBe(`data:image/png;base64,${PNG}`);
});

it('measures inline images by their content, up to 50 MB', () => {
	const inline = (bytes: number) => `data:image/jpeg;base64,/9j/${'A'.repeat((bytes * 4) / 3 - 4)}`;
	const limit = 50 * 1024 * 1024 - 2;
	expect(check(inline(limit))).toBe(inline(limit));
	expect(check(inline(limit + 3))).toMatchObject({ message: "'URL' is larger than 50 MB" });
});

it('shows at most the beginning of a wrong address', () => {
	const problem = check(`ftp://${'x'.repeat(5_000)}`);
	if (!isProblem(problem)) throw new Error('The address was taken');
	expect(problem.description.length).toBeLessThan(300);
});
