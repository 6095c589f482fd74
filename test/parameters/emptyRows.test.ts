import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { operate, seenError } from '../../lab/scenario/evaluate';
import { shareEmulator } from '../../lab/scenario/useEmulator';

const emulator = shareEmulator();

const ADDRESS = 'https://images.example.com/a.png';
const ID = '6a1d3c1e-8a3b-4f5c-9b77-1f1f6d1f0c11';
const JUDGE_BY_URL = { operation: 'submitAndWait', generatedImageUrl: '={{ $json.url }}' };
const PIXEL =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

it.each<[title: string, parameters: INodeParameters, items: IDataObject[], message: string]>([
	['one row', JUDGE_BY_URL, [{ 'url ': ADDRESS }], "'Generated Image URL' is empty"],
	[
		'every row',
		JUDGE_BY_URL,
		[{ 'url ': ADDRESS }, { 'url ': ADDRESS }],
		'2 of 2 rows have no image address',
	],
	[
		'every row of Get Many',
		{ operation: 'getMany', runId: '={{ $json.url }}' },
		[{ 'url ': ID }, { 'url ': ID }],
		'2 of 2 rows have no run ID',
	],
	[
		'every row of Send Feedback',
		{ operation: 'sendFeedback', evaluationId: ID, feedback: '={{ $json.url }}' },
		[{ 'url ': 1 }, { 'url ': 2 }],
		'2 of 2 rows have no feedback',
	],
])(
	'where %s lacks a required value, the fields stand there, and the blank in one',
	async (_title, parameters, items, message) => {
		const run = await operate(
			emulator,
			parameters,
			items.map((json) => ({ json })),
		);
		expect(run.error?.message).toBe(message);
		expect(run.error?.description).toMatch(/The item has the fields 'url ' \(ends with a blank\)$/);
		expect(emulator.requests).toEqual([]);
	},
);

it('the first of several rows without a file is named, and how many more there are', async () => {
	const parameters = { operation: 'submit', imageSource: 'binary' };
	const binary = { data: { data: PIXEL, mimeType: 'image/png' } };
	const items = [{ json: {}, binary }, { json: {} }, { json: {} }];
	const { message, description } = seenError(await operate(emulator, parameters, items));
	expect(message).toBe('Row 2 of 3 has no image file');
	expect(description).toContain('Nothing was submitted. 1 more row has none. Filter such rows');
	expect(emulator.requests).toEqual([]);
});
