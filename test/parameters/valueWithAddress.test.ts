import { isProblem } from '../../nodes/Runflow/parameters/check';
import { imageAddress } from '../../nodes/Runflow/parameters/imageAddress';

const PNG =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const OUT = 'https://cdn.example/generated.png';
const IN = 'https://cdn.example/original.png';
const HTTP = OUT.replace('https', 'http');
const SMALL = 'https://cdn.example/small.png';
const DRIVE = 'https://drive.google.com/uc?export=download&id=1AbC';
const SLACK = 'https://files.slack.com/files-pri/T-F/a.png';

const read = (value: unknown) => imageAddress(value, { label: 'URL', expression: '$json.x' });

it.each<[what: string, value: unknown, sent: string]>([
	['a list of one', [OUT], OUT],
	['a list with empty entries', [null, OUT, ''], OUT],
	['a list in a list', [[OUT]], OUT],
	['an object', { url: OUT, content_type: 'image/png' }, OUT],
	['a response with one image', { images: [{ url: OUT, width: 1 }], seed: 7 }, OUT],
	['Airtable', [{ id: 'att1', url: OUT, thumbnails: { small: { url: SMALL } } }], OUT],
	['Notion, a file of its own', { type: 'file', name: 'a.png', file: { url: OUT } }, OUT],
	['Notion, a link', { type: 'external', external: { url: OUT } }, OUT],
	['Cloudinary', { public_id: 'a', url: HTTP, secure_url: OUT }, OUT],
	['the same address twice', { output: [OUT], data: { url: OUT } }, OUT],
	[
		'monday',
		{ url: 'https://a.monday.com/protected_static/1/a.png', public_url: OUT, url_thumbnail: SMALL },
		OUT,
	],
	[
		'Google Drive',
		{
			webContentLink: 'https://drive.google.com/uc?id=1AbC&export=download',
			webViewLink: 'https://drive.google.com/file/d/1AbC/view?usp=drivesdk',
			thumbnailLink: SMALL,
			iconLink: SMALL,
		},
		DRIVE,
	],
	['JSON as text', JSON.stringify({ resultUrls: [OUT] }), OUT],
	['JSON as text in an object', { resultJson: JSON.stringify({ resultUrls: [OUT] }) }, OUT],
])('takes the only address in %s', (_, value, sent) => {
	expect(read(value)).toBe(sent);
});

it.each<[what: string, value: unknown, message: string, description: string]>([
	['a list', [OUT, OUT, OUT], "'URL' is a list of 3", '{{ $json.x[0] }}'],
	[
		'a list of objects',
		[{ url: OUT }, { url: IN }],
		"'URL' is a list of 2",
		'{{ $json.x[0].url }}',
	],
	['lists in a list', [[OUT, IN]], "'URL' is a list of 2", '{{ $json.x[0][0] }}'],
	[
		'the input first',
		{ input_image: { url: IN }, images: [{ url: OUT }] },
		"'URL' is an object with 2 addresses",
		'{{ $json.x.images[0].url }} or {{ $json.x.input_image.url }}',
	],
	[
		'a result that is text',
		{ source: { url: IN }, result: OUT },
		'2 addresses',
		'{{ $json.x.result }} or {{ $json.x.source.url }}',
	],
	[
		'Replicate',
		{ input: { image: IN }, urls: { get: 'https://a.example/1' }, output: [OUT] },
		'3 addresses',
		': {{ $json.x.output[0] }} or',
	],
	[
		'Kie.ai',
		{ info: { originImageUrl: IN, resultImageUrl: OUT } },
		'2 addresses',
		': {{ $json.x.info.resultImageUrl }} or {{ $json.x.info.originImageUrl }}',
	],
	[
		"Kie.ai's JSON in text",
		{ param: JSON.stringify({ image: IN }), resultJson: JSON.stringify({ resultUrls: [OUT] }) },
		'2 addresses',
		': {{ $json.x.resultJson.parseJson().resultUrls[0] }} or {{ $json.x.param.parseJson().image }}',
	],
	[
		'JSON as text',
		JSON.stringify({ source: IN, images: [OUT] }),
		'2 addresses',
		': {{ $json.x.parseJson().images[0] }} or',
	],
	[
		'many',
		[{ a: IN, b: OUT, c: SMALL, d: DRIVE, e: HTTP, f: 'https://x.example/' }],
		'5 addr',
		'1 other',
	],
	[
		'an input alone',
		{ output: null, input: { image: IN } },
		'must be',
		'{{ $json.x.input.image }}',
	],
	['b64_json', { data: [{ b64_json: PNG }] }, 'bytes', 'base64,{{ $json.x.data[0].b64_json }}'],
	[
		'Slack',
		{ id: 'F1', url_private: SLACK, permalink: 'https://a.slack.com/files/U/F/a.png' },
		'only members of a Slack can read',
		'Binary File',
	],
	['an object without any', { a: 1 }, 'must be the address', 'It is an object (a)'],
	['true', true, 'must be the address', 'It is true'],
	['a number', 7, 'must be the address', 'It is the number 7'],
	['a date', new Date(0), 'must be the address', 'the date 1970'],
	['a file', { mimeType: 'image/png', data: PNG }, 'is a file', 'Binary File'],
	['a buffer', { type: 'Buffer', data: [137, 80] }, 'is a file', 'Binary File'],
	['null', null, "'URL' is empty", ''],
	['an empty list', [], "'URL' is empty", ''],
])('asks for one address instead of %s', (_, value, message, description) => {
	const problem = read(value);
	if (!isProblem(problem)) throw new Error(`Taken as ${problem}`);
	expect(problem.message).toContain(message);
	expect(problem.description).toContain(description);
});
