/** @jest-environment-options {"speed": 10} */
import { sleep } from 'n8n-workflow';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import sharp from 'sharp';
import { request } from 'undici';

import { nodeRun, retryFailed } from '../../lab/engine';
import type { NodeRun, RunNodeOptions } from '../../lab/engine';
import { itemWith, photo } from '../../lab/scenario/photos';
import { runOnRows } from '../../lab/scenario/rows';
import { useEmulator } from '../../lab/scenario/useEmulator';

const emulator = useEmulator();
let picture: Buffer;
let jpeg: Buffer;

beforeAll(async () => {
	picture = await photo();
	jpeg = await sharp(picture).jpeg().toBuffer();
});

const REFERENCE = /^runflow:\/\/assets\/[0-9a-f-]{36}$/;

async function judge(
	items: INodeExecutionData[],
	parameters: INodeParameters = {},
	options: RunNodeOptions = {},
): Promise<NodeRun> {
	const image = { operation: 'submitAndWait', imageSource: 'binary', additionalFields: {} };
	return await runOnRows(emulator.url, { ...image, ...parameters }, items, options);
}

function paths(method: string): string[] {
	return emulator.requests.filter((each) => each.method === method).map(({ path }) => path);
}

it('uploads a file, has it judged and passes it on with its verdict', async () => {
	const run = await judge([itemWith(jpeg)], { splitByVerdict: true });
	expect(run.error).toBeUndefined();
	expect(paths('POST')).toEqual([
		'/v1/asset-uploads',
		expect.stringMatching(/^\/v1\/asset-uploads\/[0-9a-f-]{36}\/confirmations$/),
		'/v1/evaluations',
	]);
	const [passed] = run.outputs[2] ?? [];
	expect(passed?.json).toMatchObject({ verdict: 'passed', weighted_pass_rate: 1 });
	expect(passed?.binary?.data?.fileName).toBe('generated.jpg');
	expect(emulator.evaluations[0]?.body.generated_image_url).toMatch(REFERENCE);
});

it.each(['png', 'jpeg', 'webp', 'gif', 'avif', 'tiff'] as const)('takes %s', async (format) => {
	const content = await sharp(picture).toFormat(format).toBuffer();
	const run = await judge([itemWith(content, { mimeType: 'application/octet-stream' })]);
	expect(run.outputs[0]?.[0]?.json).toMatchObject({ status_code: 'completed' });
	const asset = { mime_type: `image/${format}`, size_bytes: content.length };
	expect(await judgedAsset()).toMatchObject(asset);
});

it.each([
	[
		'a text file',
		Buffer.from('this is not an image at all'),
		"The file in 'Input Binary Field' is not an image",
	],
	[
		'an HTML page',
		Buffer.from('<!doctype html><title>404</title>'),
		"The file in 'Input Binary Field' is not an image",
	],
	['an empty file', Buffer.alloc(0), "The file in 'Input Binary Field' is empty"],
	[
		'50 MB and a byte',
		Buffer.alloc(50 * 1024 * 1024 + 1, 0xff),
		"The file in 'Input Binary Field' is larger than 50 MB",
	],
])('refuses %s before any request', async (_name, content, message) => {
	const run = await judge([itemWith(jpeg), itemWith(content)]);
	expect(run.error).toMatchObject({ message, context: { itemIndex: 1 } });
	expect(emulator.requests).toEqual([]);
});

it('names the fields that there are when the chosen one is missing', async () => {
	const run = await judge([itemWith(jpeg)], { binaryPropertyName: 'image' });
	expect(run.error?.message).toBe(
		"The item has no binary field with the name in 'Input Binary Field'",
	);
	expect(run.error?.description).toContain('binary fields are: data');
	expect(emulator.requests).toEqual([]);
});

it('uploads a file that is image and reference at once only once', async () => {
	const values = [
		{ source: 'binary', binaryPropertyName: 'data', kind: 'source', description: 'The same' },
		{ source: 'url', url: 'https://images.example.com/packshot.png' },
	];
	const run = await judge([itemWith(jpeg)], { additionalFields: { referenceImages: { values } } });
	expect(run.error).toBeUndefined();
	expect(paths('PUT')).toHaveLength(1);
	const { generated_image_url, reference_images } = emulator.evaluations[0]?.body ?? {};
	expect(reference_images).toEqual([
		{ url: generated_image_url, kind: 'source', description: 'The same' },
		{ url: 'https://images.example.com/packshot.png' },
	]);
});

it('re-uses its uploads when n8n retries, so that the request stays the same', async () => {
	const refusal = { method: 'POST', pathPrefix: '/v1/evaluations', status: 400, count: 1 };
	emulator.options.forcedAnswers = [refusal];
	const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
	const run = await judge([itemWith(jpeg), itemWith(jpeg)], {}, retry);
	expect(run.status).toBe('success');
	expect(paths('PUT')).toHaveLength(1);
	expect(emulator.ledger()).toMatchObject({ submitted: 2, billed: 2, billedTwice: [] });
});

it('uploads a file again for another account: the asset is of no use to it', async () => {
	emulator.options.balance = '0.100000';
	const failed = await judge([itemWith(jpeg)]);
	expect(failed.error?.httpCode).toBe('402');
	const runflowApi = { baseUrl: emulator.url, apiKey: 'rf_live_other' };
	const again = nodeRun(await retryFailed(failed, { credentials: { runflowApi } }));
	expect(again.after[0]?.[0]?.json).toMatchObject({ status_code: 'completed' });
	expect(paths('PUT')).toHaveLength(2);
});

it('asks for a new address when the old one has expired', async () => {
	emulator.options.assetUploadExpiryMs = 0;
	const running = judge([itemWith(jpeg)]);
	while (!emulator.requests.some(({ status, method }) => method === 'PUT' && status === 403)) {
		await sleep(5);
	}
	emulator.options.assetUploadExpiryMs = 60_000;
	expect((await running).outputs[0]?.[0]?.json.status_code).toBe('completed');
	expect(paths('POST').filter((path) => path === '/v1/asset-uploads')).toHaveLength(2);
});

it('says what happened to an upload without its secret address', async () => {
	const refusal = { method: 'PUT', pathPrefix: '/uploads', status: 413 };
	emulator.options.forcedAnswers = [refusal];
	const run = await judge([itemWith(jpeg)]);
	expect(run.error?.message).toBe('Runflow did not take the image file');
	expect(JSON.stringify(run.run)).not.toContain('signature=');
});

it('names the scope that a key lacks for files', async () => {
	const run = await judge([itemWith(jpeg)], {}, { apiKey: 'rf_live_noassets' });
	expect(run.error?.message).toBe("The API key lacks the scope 'assets:create'");
});

describe('inline images', () => {
	it('sends them as they are and leaves their bytes out of the simplified item', async () => {
		const url = `data:image/jpeg;base64,${jpeg.toString('base64')}`;
		const run = await judge([{ json: {} }], { imageSource: 'url', generatedImageUrl: url });
		expect(emulator.evaluations[0]?.body.generated_image_url).toBe(url);
		const shown = String(run.outputs[0]?.[0]?.json.generated_image_url);
		expect(shown).toMatch(/^data:image\/jpeg;base64,… \(\d+ kB left out by Simplify\)$/);
	});

	it('refuses one that is none before any request', async () => {
		const generatedImageUrl = 'data:image/png;base64,undefined';
		const run = await judge([{ json: {} }], { imageSource: 'url', generatedImageUrl });
		expect(run.error?.message).toBe("'Generated Image URL' is not a complete inline image");
		expect(emulator.requests).toEqual([]);
	});
});

it('judges what it really sees', async () => {
	const blurred = await sharp(picture).blur(12).jpeg().toBuffer();
	const dark = await sharp(picture).linear(0.08, 0).jpeg().toBuffer();
	const small = await sharp(picture).resize(120).jpeg().toBuffer();
	const run = await judge([jpeg, blurred, dark, small].map((content) => itemWith(content)));
	const verdicts = run.outputs[0]?.map(({ json }) => json.verdict);
	expect(verdicts).toEqual(['passed', 'not_passed', 'not_passed', 'not_passed']);
});

/** The asset that the last evaluation was about, as the API knows it. */
async function judgedAsset(): Promise<unknown> {
	const reference = String(emulator.evaluations.at(-1)?.body.generated_image_url);
	const { body } = await request(`${emulator.url}/v1/assets/${reference.split('/').at(-1)}`, {
		headers: { authorization: 'Bearer rf_live_full' },
	});
	return await body.json();
}

it('confirms again and uploads nothing again when only the confirmation fails', async () => {
	const pathPrefix = '/v1/asset-uploads/';
	emulator.options.forcedAnswers = [{ method: 'POST', pathPrefix, status: 503, count: 3 }];
	const run = await judge([itemWith(jpeg)]);
	expect(run.error).toBeUndefined();
	expect(paths('PUT')).toHaveLength(1);
	expect(paths('POST').filter((path) => path === '/v1/asset-uploads')).toHaveLength(1);
});

it('takes a confirmation for done whose answer was lost', async () => {
	emulator.options.repeatedConfirmation = 'conflict';
	emulator.options.nextFaults = [
		{ method: 'POST', pathPrefix: '/v1/asset-uploads/', kind: 'dropAfter', count: 1 },
	];
	const run = await judge([itemWith(jpeg)]);
	expect(run.error).toBeUndefined();
	expect(paths('PUT')).toHaveLength(1);
});
