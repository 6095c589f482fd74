import type {
	IBinaryKeyData,
	IDataObject,
	INodeExecutionData,
	INodeParameters,
} from 'n8n-workflow';

import { runNode } from '../../lab/engine';
import type { RunNodeOptions } from '../../lab/engine';
import { shareEmulator } from '../../lab/scenario/useEmulator';

const emulator = shareEmulator();

afterEach(() => {
	emulator.reset();
});

const PNG =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const FILE = { data: PNG, mimeType: 'image/png', fileName: 'a.png' };

async function judge(
	parameters: INodeParameters,
	item: { json?: IDataObject; binary?: object },
	options: RunNodeOptions = {},
) {
	const { json = {}, binary } = item;
	const items: INodeExecutionData[] = [{ json, binary: binary as IBinaryKeyData }];
	return await runNode(
		{ operation: 'submitAndWait', imageSource: 'binary', taskType: 'headshot', ...parameters },
		items,
		{ baseUrl: emulator.url, apiKey: 'rf_live_full', ...options },
	);
}

const COMBINED = { settings: { binaryMode: 'combined' as const } };

it.each<[string, INodeParameters, object, RunNodeOptions]>([
	[
		'a list with one file',
		{ binaryPropertyName: '={{ [$binary.data] }}' },
		{ binary: { data: FILE } },
		{},
	],
	[
		'the only file of $binary',
		{ binaryPropertyName: "={{ $('Start').item.binary }}" },
		{ binary: { x: FILE } },
		{},
	],
	[
		'a field of $binary',
		{ binaryPropertyName: '={{ $binary["x"] }}' },
		{ binary: { data: FILE, x: FILE } },
		{},
	],
	[
		'a file in the JSON by its path',
		{ binaryPropertyName: '_files.data' },
		{ json: { _files: { data: FILE } } },
		COMBINED,
	],
	[
		'a file in the JSON by its name',
		{ binaryPropertyName: 'data' },
		{ json: { _files: { data: FILE } } },
		COMBINED,
	],
	[
		'a file kept in memory in the mode combined',
		{ binaryPropertyName: 'data' },
		{ binary: { data: FILE } },
		COMBINED,
	],
])('takes %s, and passes the file on', async (_name, parameters, item, options) => {
	const run = await judge(parameters, item, options);
	expect(run.error).toBeUndefined();
	expect(emulator.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1);
	expect(JSON.stringify(run.outputs[0]?.[0])).toContain('a.png');
});

it.each<[string, INodeParameters, object, string]>([
	['null', {}, { binary: { data: null } }, "The file in 'Input Binary Field' has no content"],
	[
		'a Buffer as JSON',
		{},
		{ binary: { data: { type: 'Buffer', data: [1] } } },
		"The file in 'Input Binary Field' has no content",
	],
	[
		'a file that is gone',
		{},
		{
			binary: { data: { id: 'filesystem-v2:gone', data: 'filesystem-v2', mimeType: 'image/png' } },
		},
		"The file in 'Input Binary Field' could not be read",
	],
	[
		'a file of a store that this n8n lacks',
		{},
		{ binary: { data: { id: 'x:gone', data: 'x', mimeType: 'image/png' } } },
		"The file in 'Input Binary Field' could not be read",
	],
	[
		'a field whose name an expression does not give',
		{ binaryPropertyName: '={{ $json.field }}' },
		{ binary: { data: FILE } },
		"'Input Binary Field' is empty",
	],
	[
		'several files',
		{ binaryPropertyName: "={{ $('Start').item.binary }}" },
		{ binary: { a: FILE, b: FILE } },
		"'Input Binary Field' must be the name of a field, or one file",
	],
	[
		'a file without its content',
		{ binaryPropertyName: '={{ $node["Start"].binary.data }}' },
		{ binary: { data: FILE } },
		"'Input Binary Field' must be the name of a field, or one file",
	],
	[
		'an address',
		{ binaryPropertyName: 'https://c.example/a.png' },
		{},
		"'Input Binary Field' has an address instead of a field's name",
	],
	[
		'bytes in base64',
		{ binaryPropertyName: `={{ "${PNG}".repeat(3) }}` },
		{},
		"'Input Binary Field' must be the name of a field",
	],
])('refuses %s in a sentence', async (_name, parameters, item, message) => {
	const run = await judge(parameters, item);
	expect(run.error).toMatchObject({ message, context: { itemIndex: 0 } });
	expect(run.error?.description).not.toContain('Cannot read properties');
	expect(emulator.requests).toEqual([]);
});

it('an API key with an invisible character is refused, not altered', async () => {
	const run = await judge({}, { binary: { data: FILE } }, { apiKey: 'rf_live_\u200bfull' });
	expect(run.error?.message).toBe(
		'The API key of the Runflow API credential contains a space or an invisible character (U+200B, at position 9)',
	);
	expect(emulator.requests).toEqual([]);
});
