import type { Attempt } from '../../nodes/Runflow/api/attempt';
import { WITHHELD } from '../../nodes/Runflow/api/failure';
import type { ImageFile } from '../../nodes/Runflow/api/types';
import { sha256 } from '../../nodes/Runflow/billing/keys';
import { Store } from '../../nodes/Runflow/billing/store';
import { Uploads } from '../../nodes/Runflow/billing/uploads';
import { deskOf, rowOf, submissionOf } from './desk';

const ADDRESS = 'https://images.example.com/a.png';
const FILE: ImageFile = {
	...{ fileName: 'a.png', mimeType: 'image/png', bytes: 3 },
	open: async () => await Promise.resolve(Buffer.from('one')),
};
const OTHER = { ...FILE, fileName: 'b.png' };
const FACTS = { task_type: 'headshot', run_id: 'r' };

/** What is uploaded for an account; each upload is answered in turn, and then fails. */
function uploadsOf(account = 'mine', store = new Store(deskOf()), answers = ['runflow://1']) {
	const keys: string[] = [];
	const upload = async (_file: ImageFile, key: string): Promise<Attempt<string>> => {
		keys.push(key);
		await Promise.resolve();
		const value = answers[keys.length - 1];
		return value === undefined ? WITHHELD : { ok: true, value };
	};
	return { keys, store, uploads: new Uploads({ account, upload }, store) };
}
const digests = new Map([
	[FILE, 'one'],
	[OTHER, 'two'],
]);
const row = (image: string | ImageFile, references: Array<string | ImageFile> = []) =>
	rowOf({
		digests,
		submission: submissionOf({
			...{ image, facts: FACTS },
			references: references.map((each) => ({ image: each, kind: 'style', description: 'Soft' })),
		}),
	});

describe('a request', () => {
	it('has addresses as they are', async () => {
		const { uploads, keys } = uploadsOf();
		const value = { generated_image_url: ADDRESS, ...FACTS };
		expect(await uploads.requestFor(row(ADDRESS))).toEqual({ ok: true, value });
		const about = { kind: 'style', description: 'Soft' };
		const reference_images = [{ url: `${ADDRESS}?`, ...about }];
		expect(await uploads.requestFor(row(ADDRESS, [`${ADDRESS}?`]))).toEqual({
			...{ ok: true, value: { ...value, reference_images } },
		});
		expect(keys).toEqual([]);
	});

	it('has where each file is, by a key of who asks and its content', async () => {
		const { uploads, keys } = uploadsOf('mine', undefined, ['runflow://1', 'runflow://2']);
		expect(await uploads.requestFor(row(FILE, [OTHER, FILE]))).toMatchObject({
			value: {
				generated_image_url: 'runflow://1',
				reference_images: [{ url: 'runflow://2' }, { url: 'runflow://1' }],
			},
		});
		expect(keys).toEqual(['one', 'two'].map((each) => sha256(['upload', 'anyone', each])));
	});

	it.each([
		['the image', row(FILE), []],
		['a reference image', row(ADDRESS, [FILE]), []],
		['the second file', row(FILE, [OTHER]), ['runflow://1']],
	])('is not made without %s', async (_, each, answers) => {
		const { uploads } = uploadsOf('mine', undefined, answers);
		expect(await uploads.requestFor(each)).toBe(WITHHELD);
	});
});

describe('a file is uploaded once', () => {
	it('by rows at once, and for every try of the execution', async () => {
		const { uploads, keys, store } = uploadsOf();
		const both = [uploads.requestFor(row(FILE)), uploads.requestFor(row(FILE))];
		const [one, other] = await Promise.all(both);
		expect(other).toEqual(one);
		const next = uploadsOf('mine', store);
		expect(await next.uploads.requestFor(row(FILE))).toEqual(one);
		expect([keys.length, next.keys.length]).toEqual([1, 0]);
	});

	it('for each account', async () => {
		const { uploads, store } = uploadsOf();
		await uploads.requestFor(row(FILE));
		const others = uploadsOf('others', store, ['runflow://7']);
		expect(await others.uploads.requestFor(row(FILE))).toMatchObject({
			value: { generated_image_url: 'runflow://7' },
		});
	});

	it('and again where it failed', async () => {
		const desk = deskOf();
		const { uploads, keys } = uploadsOf('mine', new Store(desk), []);
		await uploads.requestFor(row(FILE));
		expect(await uploads.requestFor(row(FILE))).toBe(WITHHELD);
		expect(keys.length).toBe(2);
		expect(Object(desk.store.runflow).uploads).toStrictEqual({});
	});
});
