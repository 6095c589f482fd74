import type { IDataObject } from 'n8n-workflow';

import { makeReport } from '../../nodes/Runflow/verdict/report';

const SETTINGS = { title: 'Nightly audit', worstCount: 5 };

function result(fields: IDataObject): IDataObject {
	return { verdict: 'passed', reason: null, cost: '0.400000', cost_credits: 0.4, ...fields };
}

const bad = (client_ref: string, score: number | null, ...top_issues: string[]) =>
	result({
		client_ref,
		verdict: 'not_passed',
		reason: top_issues.join('; '),
		weighted_pass_rate: score,
		top_issues,
	});

const unjudged = (client_ref: string, reason: string) =>
	result({ client_ref, verdict: 'no_verdict', reason, cost: null, cost_credits: null });

const report = (items: IDataObject[], settings = SETTINGS) => makeReport(items, settings).report;
const many = (count: number, item: IDataObject) => Array.from({ length: count }, () => item);

describe('the message', () => {
	const LONG = 'The left hand has six fingers and the thumb is on the wrong side, '
		.repeat(4)
		.slice(0, 200);

	it.each<[string, IDataObject[], string]>([
		[
			'of a usual night',
			[
				...many(240, result({})),
				...Array.from({ length: 40 }, (_, n) =>
					bad(`row-${n + 10}`, 0.3 + n / 100, 'Image is blurred'),
				),
				...many(12, bad('row_9', 0.125, 'Image too dark', 'Wrong aspect ratio')),
				...many(6, unjudged('x', 'Not finished in time')),
				...many(2, unjudged('y', 'Runflow could not read the image (invalid_media): check it')),
			],
			`Nightly audit: 240 of 300 images passed (80%). 52 did not pass, 8 have no verdict. 116.80 credits.
Most often: Image is blurred (40), Image too dark (12), Wrong aspect ratio (12).
Without a verdict: Not finished in time (6), Runflow could not read the image (2).
Worst:
• rowˍ9 (0.12): Image too dark; Wrong aspect ratio
• rowˍ9 (0.12): Image too dark; Wrong aspect ratio
• rowˍ9 (0.12): Image too dark; Wrong aspect ratio
• rowˍ9 (0.12): Image too dark; Wrong aspect ratio
• rowˍ9 (0.12): Image too dark; Wrong aspect ratio`,
		],
		['all passed', many(300, result({})), 'Nightly audit: All 300 images passed. 120.00 credits.'],
		[
			'none passed',
			[bad('a', 0.1, 'Blurred'), bad('b', 0.2, 'Blurred'), unjudged('c', 'Not finished in time')],
			`Nightly audit: None of 3 images passed. 2 did not pass, 1 has no verdict. 0.80 credits.
Most often: Blurred (2).
Without a verdict: Not finished in time (1).
Worst:
• a (0.10): Blurred
• b (0.20): Blurred`,
		],
		[
			'nothing judged',
			many(20, unjudged('c', 'Not finished in time')),
			`Nightly audit: None of 20 images has a verdict. 0.00 credits.
Without a verdict: Not finished in time (20).`,
		],
		['one image', [result({ client_ref: 'mug' })], 'Nightly audit: mug passed. 0.40 credits.'],
		[
			'one image that did not pass',
			[bad('mug', 0.2, 'Blurred', 'Too dark')],
			'Nightly audit: mug did not pass (Blurred; Too dark). 0.40 credits.',
		],
		['no image', [], 'Nightly audit: Nothing to judge. 0.00 credits.'],
		[
			'something that is no result',
			[result({}), { city: 'Bern' }, { verdict: 'ok', client_ref: 'row-3' }],
			`Nightly audit: 1 of 3 images passed (33%). 2 have no verdict. 0.40 credits.
Without a verdict: Not judged yet (1), 'ok' is not a verdict of Runflow (1).
Could not be read: row-3.`,
		],
		[
			'reasons of 200 characters',
			[result({}), bad('a', 0.1, LONG)],
			`Nightly audit: 1 of 2 images passed (50%). 1 did not pass. 0.80 credits.
Most often: The left hand has six fingers and the thumb is on the wrong… (1).
Worst:
• a (0.10): The left hand has six fingers and the thumb is on the wrong side, The left hand has six fingers and the thumb is on the wrong side, The…`,
		],
	])('%s', (_name, items, expected) => {
		expect(report(items).text).toBe(expected);
	});

	it('of 10,000 images stays short, and 9,999 of them are not 100 %', () => {
		const items = [...many(9_999, result({})), bad('a', 0.1, 'Blurred')];
		const { text, cost } = report(items);
		expect(text).toContain(
			'9,999 of 10,000 images passed (over 99%). 1 did not pass. 4,000.00 credits.',
		);
		expect(cost).toBe('4000.00');
		const worst = Array.from({ length: 100 }, (_, n) => bad(`row-${n}`, n / 100, LONG));
		expect(report(worst, { ...SETTINGS, worstCount: 100 }).text.length).toBeLessThan(3_500);
	});

	it('has nothing in it that a chat takes for formatting, a link or a mention', () => {
		const { text } = report([
			result({}),
			bad('*a_b*', 0.1, '<!channel> `x` [y](https://z) ~q~\n# h'),
		]);
		expect(text).not.toMatch(/[<>*_`~[\]]|\n#/);
	});
});

describe('of a few images the message', () => {
	const textOf = (items: IDataObject[]) => String(report(items).text);
	const failing = (title: string, issue = 'Dark') => bad(title, 0.25, issue);
	const first = (items: IDataObject[]) => textOf(items).split('\n')[0];

	it('takes every sign that could format it', () => {
		expect(textOf([failing('<a>*b*_c_`d`~e~[f]')])).toContain("‹a›∗b∗ˍcˍ'd'∼e∼(f) did not pass");
	});

	it('names one image with its verdict', () => {
		expect(first([result({ client_ref: 'a' })])).toContain(': a passed.');
		expect(first([failing('a')])).toContain(': a did not pass (Dark).');
		expect(first([unjudged('a', 'Late')])).toContain(': a has no verdict (Late).');
	});

	it('never rounds to none or all', () => {
		const of = (passed: number, failed: number) =>
			first([...many(passed, result({})), ...many(failed, failing('x'))]);
		expect(of(1, 99)).toContain('1 of 100 images passed (1%).');
		expect(of(1, 100)).toContain('1 of 101 images passed (under 1%).');
		expect(of(99, 1)).toContain('99 of 100 images passed (99%).');
		expect(of(199, 1)).toContain('199 of 200 images passed (over 99%).');
	});

	it('counts what it does not name', () => {
		const issues = (count: number) => many(1, bad('a', 0.1, ...'bcdefgh'.slice(0, count)));
		const often = (count: number) => textOf([...issues(count), result({})]);
		expect(often(3)).toContain('Most often: b (1), c (1), d (1).');
		expect(often(4)).toContain('d (1), and 1 other.');
		expect(often(5)).toContain('d (1), and 2 others.');
		const unreadable = Array.from({ length: 7 }, (_, n) =>
			result({ client_ref: `r${n}`, verdict: 'odd' }),
		);
		expect(textOf(unreadable.slice(0, 5))).toContain('Could not be read: r0, r1, r2, r3, r4.');
		expect(textOf(unreadable)).toContain('r4 and 2 more.');
	});
});
