import type { INodeExecutionData } from 'n8n-workflow';

import { runNode } from '../../lab/engine';

/** One pixel each, of different colors. */
const PACKSHOT =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const GENERATED =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

const BAD = {
	...{ verdict: 'not_passed', reason: 'Logo distorted', weighted_pass_rate: 0.31 },
	...{ overall_passed: false, top_issues: ['Logo distorted'], cost: '0.400000' },
	...{ client_ref: 'r1', status_code: 'completed', id: 'e1' },
	generated_image_url: 'https://c.example.com/1.png',
};
const GOOD = {
	...{ verdict: 'passed', reason: null, weighted_pass_rate: 0.95, overall_passed: true },
	...{ top_issues: [], cost: '0.400000', client_ref: 'r2', status_code: 'completed', id: 'e2' },
	generated_image_url: 'https://c.example.com/2.png',
};
const ASSET = 'runflow://assets/0b6f6f0e-3c0d-4b8e-9d0a-0a4f5b1c2d3e';

const file = (data: string, mimeType = 'image/png') => ({ data, mimeType, fileName: 'a.png' });

async function reportOn(items: INodeExecutionData[], options = {}, title = 'Nightly') {
	const parameters = { resource: 'evaluation', operation: 'createReport', title, options };
	const run = await runNode(parameters, items);
	const [item] = run.after[0] ?? [];
	const html = Buffer.from(item?.binary?.report?.data ?? '', 'base64').toString();
	const pictures = [...html.matchAll(/<img [^>]*src="([^"]*)"/g)].map(([, source]) => source);
	return { json: item?.json ?? {}, html, pictures, text: String(item?.json.text) };
}

it('a verdict that was emptied is no verdict, whatever else the row still says', async () => {
	const cells = { weighted_pass_rate: '0.95', overall_passed: 'TRUE', status_code: 'completed' };
	const { json } = await reportOn([
		{ json: { row: '1', verdict: 'passed', ...cells } },
		{ json: { row: '2', ...cells } },
	]);
	expect(json).toMatchObject({ passed: 1, not_passed: 0, no_verdict: 1 });
});

describe('the picture is the one that was judged, and never another', () => {
	const both = { packshot: file(PACKSHOT), generated: file(GENERATED) };

	it('by its address', async () => {
		const { pictures } = await reportOn([{ json: BAD, binary: { ...both, data: file(PACKSHOT) } }]);
		expect(pictures).toEqual(['https://c.example.com/1.png']);
	});

	it('by the field of its file, and by no other field', async () => {
		const items = [{ json: { ...BAD, generated_image_url: ASSET }, binary: both }];
		expect((await reportOn(items)).pictures).toEqual([]);
		const { pictures } = await reportOn(items, { imageField: 'generated' });
		expect(pictures).toEqual([`data:image/png;base64,${GENERATED}`]);
	});

	it.each(['image/jpg', 'application/octet-stream', 'image/png; charset=binary'])(
		'whatever its file is labeled: %s',
		async (mimeType) => {
			const binary = { data: file(GENERATED, mimeType) };
			const items = [{ json: { ...BAD, generated_image_url: ASSET }, binary }];
			expect((await reportOn(items)).pictures).toEqual([`data:image/png;base64,${GENERATED}`]);
		},
	);

	it('by the thumbnail of a Google Drive address, which leads to the image', async () => {
		const url = 'https://drive.google.com/uc?export=download&id=1aB-c';
		const { pictures, html } = await reportOn([{ json: { ...BAD, generated_image_url: url } }]);
		expect(pictures).toEqual(['https://drive.google.com/thumbnail?id=1aB-c&amp;sz=w640']);
		expect(html).toContain('href="https://drive.google.com/uc?export=download&amp;id=1aB-c"');
	});
});

it('the token in the file address of a Telegram bot stands nowhere', async () => {
	const url = 'https://api.telegram.org/file/bot123456:AAFakeTokenForTests/photos/file_1.jpg';
	const { json, html } = await reportOn([
		{ json: { ...BAD, generated_image_url: url, reason: `Could not read ${url}` } },
	]);
	expect(JSON.stringify(json) + html).not.toContain('AAFakeTokenForTests');
});

it('one of 2,000 that failed is not rounded away, on the page neither', async () => {
	const items = Array.from({ length: 2_000 }, (_, n) => ({
		json: n === 0 ? BAD : { ...GOOD, id: `e-${n}`, client_ref: `r-${n}` },
	}));
	const { text, html } = await reportOn(items);
	expect(text).toContain('1,999 of 2,000 images passed (over 99%)');
	expect(html).toContain('<b>over 99%</b> pass rate');
	expect(html).not.toContain('100%</b>');
});

it('scores below the minimum are one issue', async () => {
	const items = [0.7, 0.71, 0.72, 0.73, 0.74].map((score, n) => ({
		json: {
			...{ ...BAD, id: `e${n}`, top_issues: [], weighted_pass_rate: score },
			reason: `Score ${score.toFixed(2)} is below the minimum of 0.8`,
		},
	}));
	const { json } = await reportOn(items);
	expect(json.issues).toEqual([{ issue: 'Score below the minimum', count: 5 }]);
});

it('a title with a sign that formats says what it says', async () => {
	const { text } = await reportOn([{ json: BAD }, { json: GOOD }], {}, '# summer_sale *audit');
	expect(text.split('\n')[0]).toBe(
		'＃ summerˍsale ∗audit: 1 of 2 images passed (50%). 1 did not pass. 0.80 credits.',
	);
});

it("a column of the row's own that says there was no error is none", async () => {
	const { json } = await reportOn([
		{ json: { ...GOOD, error: 'FALSE' } },
		{ json: { ...GOOD, id: 'e3', client_ref: 'r3', error: 'none' } },
	]);
	expect(json).toMatchObject({ passed: 2, no_verdict: 0 });
});

it('a row that has not been judged yet is called that', async () => {
	const { text } = await reportOn([{ json: { verdict: '', client_ref: 'r1' } }, { json: GOOD }]);
	expect(text).toContain('Without a verdict: Not judged yet (1).');
	expect(text).not.toMatch(/Not a result|Could not be read/);
});
