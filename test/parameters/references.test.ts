import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { operate, seenError } from '../../lab/scenario/evaluate';
import { useEmulator } from '../../lab/scenario/useEmulator';

const PIXEL =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const REFERENCE = 'https://images.example.com/packshot.png';
const JUDGE = {
	operation: 'submit',
	generatedImageUrl: '=https://images.example.com/{{ $itemIndex }}.png',
	taskType: 'headshot',
};
const WAY_OUT = "To judge such rows without this reference, switch on its 'Skip If Empty'";

const emulator = useEmulator();

const submit = async (reference: object, items: INodeExecutionData[]) =>
	await operate(
		emulator,
		{
			...JUDGE,
			additionalFields: { referenceImages: { values: [{ ...reference }] } },
		},
		items,
	);
const sent = () =>
	[...emulator.evaluations]
		.sort((a, b) =>
			String(a.body.generated_image_url).localeCompare(String(b.body.generated_image_url)),
		)
		.map(({ body }) => body.reference_images);
const BY_URL = { source: 'url', url: '={{ $json.ref }}' };
const BY_FILE = { source: 'binary', binaryPropertyName: 'packshot' };

it.each(['', '  ', null, undefined, []])(
	'a row whose reference is %j is judged without it, where the builder says so',
	async (ref) => {
		const items = [{ json: { ref: REFERENCE } }, { json: { ref } }];
		expect((await submit({ ...BY_URL, skipIfEmpty: true }, items)).error).toBeUndefined();
		expect(sent()).toEqual([[expect.objectContaining({ url: REFERENCE })], undefined]);
	},
);

describe('a reference that rows may lack', () => {
	const NOTE = /^'Reference Images > 1 > URL' gives no image in any of the 2 rows/;
	const hintsOf = async (...refs: Array<string | undefined>) => {
		const items = refs.map((ref) => ({ json: { ref } }));
		const reference = { ...BY_URL, url: '={{ $json.rfe }}{{ $json.ref }}', skipIfEmpty: true };
		return (await submit(reference, items)).hints.map(({ message }) => message);
	};

	it('is named above the output where every row lacks it', async () => {
		expect(await hintsOf('', '')).toContainEqual(expect.stringMatching(NOTE));
	});

	it('is not named where one row has it', async () => {
		expect((await hintsOf('', REFERENCE)).join()).not.toContain('Reference Images');
	});

	it('is named when it is misspelt', async () => {
		const items = [{ json: { ref: REFERENCE } }];
		const run = await submit({ ...BY_URL, url: '={{ $json.rfe }}', skipIfEmpty: true }, items);
		expect(run.hints[0]?.message).toContain("The row has no field 'rfe'");
		expect(sent()).toEqual([undefined]);
	});
});

it('a row without the file is judged without it, whatever other files it has', async () => {
	const file = { data: PIXEL, mimeType: 'image/png' };
	const items: INodeExecutionData[] = [
		{ json: {}, binary: { packshot: file } },
		{ json: {}, binary: { data: file } },
		{ json: {} },
	];
	expect((await submit({ ...BY_FILE, skipIfEmpty: true }, items)).error).toBeUndefined();
	expect(sent()).toEqual([[expect.anything()], undefined, undefined]);
});

it.each(['http://images.example.com/a.png', 'packshot.png', { url: 1 }])(
	'%j is no empty reference',
	async (ref) => {
		const run = await submit({ ...BY_URL, skipIfEmpty: true }, [{ json: { ref } }]);
		expect(run.error?.message).toContain('Reference Images > 1 > URL');
		expect(emulator.requests).toEqual([]);
	},
);

it('without it the row is refused, and the way out is named', async () => {
	const one = await submit(BY_URL, [{ json: {} }]);
	expect(one.error?.description).toBe(`${WAY_OUT}. The item has no fields`);
	const several = await submit(BY_URL, [{ json: { ref: REFERENCE } }, { json: {} }]);
	expect(several.error?.message).toBe('Row 2 of 2 has no reference image');
	expect(several.error?.description).toContain(WAY_OUT);
	expect(emulator.requests).toEqual([]);
});

it('as an item it says what to do in one sentence', async () => {
	const onError = 'continueRegularOutput';
	const items = [{ json: { ref: REFERENCE } }, { json: {} }];
	const additionalFields = { referenceImages: { values: [{ ...BY_URL }] } };
	const run = await operate(emulator, { ...JUDGE, additionalFields }, items, { onError });
	const error = "'Reference Images > 1 > URL' gives no image";
	expect(run.after[0]?.[1]?.json).toMatchObject({ error, reason: error, message: WAY_OUT });
});

it('more than four reference images are refused', async () => {
	const values = Array<INodeParameters>(6).fill({ ...BY_URL });
	const run = await operate(emulator, {
		...JUDGE,
		additionalFields: { referenceImages: { values } },
	});
	expect(seenError(run)).toEqual({
		message: "'Reference Images' has 6 images, but the maximum is 4",
		description: 'Remove 2 of them',
		item: 0,
	});
	expect(emulator.requests).toEqual([]);
});

it('Reference Images as one expression are not left out in silence', async () => {
	const parameters = { ...JUDGE, additionalFields: { referenceImages: '={{ $json.refs }}' } };
	const run = await operate(emulator, parameters);
	expect(seenError(run)).toMatchObject({ message: "'Reference Images' has no image", item: 0 });
	expect(emulator.requests).toEqual([]);
});
