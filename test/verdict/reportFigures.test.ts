import type { IDataObject } from 'n8n-workflow';

import { makeReport } from '../../nodes/Runflow/verdict/report';

const SETTINGS = { title: 'Nightly', worstCount: 5 };
const good = (fields: IDataObject = {}) => ({ verdict: 'passed', cost: '0.4', ...fields });
const bad = (fields: IDataObject = {}) => ({ verdict: 'not_passed', cost: '0.4', ...fields });
const many = (count: number, item: IDataObject) => Array.from({ length: count }, () => item);
const report = (items: IDataObject[], settings: Partial<typeof SETTINGS> & IDataObject = {}) =>
	makeReport(items, { ...SETTINGS, ...settings }).report;

describe('nothing is said that is not so', () => {
	it('one of many is never rounded away, nor is one that is missing', () => {
		expect(report([...many(49_999, good()), bad()]).pass_rate).toBe(0.9999);
		expect(report([...many(49_999, bad()), good()])).toMatchObject({
			pass_rate: 0.0001,
			text: expect.stringContaining('1 of 50,000 images passed (under 1%)'),
		});
	});

	it.each([
		[0.6999, '0.69'],
		[0.7, '0.70'],
		[0.29, '0.29'],
		[1, '1.00'],
		[0.9999, '0.99'],
	])('a score of %d is not shown above itself', (weighted_pass_rate, shown) => {
		const { text } = report([good(), bad({ client_ref: 'a', weighted_pass_rate })]);
		expect(text).toContain(`a (${shown}):`);
	});

	it('a score below the minimum is one issue, whatever the score', () => {
		const items = [0.7, 0.71, 0.72].map((score) =>
			bad({ reason: `Score ${score} is below the minimum of 0.8`, top_issues: [] }),
		);
		expect(report(items).issues).toEqual([{ issue: 'Score below the minimum', count: 3 }]);
	});

	it('no row with a verdict: it names the column that is missing', () => {
		const { text } = report([{ client_ref: 'a', overall_passed: 'TRUE' }, { client_ref: 'b' }]);
		expect(text).toBe(
			"Nightly: None of 2 images has a verdict. 0.00 credits.\nNo column 'verdict' came in.",
		);
	});

	it('an empty item, as n8n makes it of no rows, is no image', () => {
		expect(report([{}])).toMatchObject({
			total: 0,
			text: 'Nightly: Nothing to judge. 0.00 credits.',
		});
	});

	it('a reason that is empty is not counted as one', () => {
		const { text } = report([
			good(),
			{ verdict: 'no_verdict', reason: ' ' },
			{ verdict: 'no_verdict', reason: ': x' },
		]);
		expect(text).not.toContain('Without a verdict:  (');
	});

	it('what was billed is the sum of what was billed', () => {
		const items = [
			good({ billed_credits: 0.4 }),
			good({ billed_credits: 0 }),
			bad({ billed_credits: '0' }),
		];
		expect(report(items)).toMatchObject({ cost: '0.40', cost_credits: 0.4 });
	});
});

describe('an evaluation counts once', () => {
	const late = {
		error: 'Not finished in time',
		details: { evaluation_id: 'e-1' },
		client_ref: 'a',
	};
	const got = good({ evaluation_id: 'E-1', client_ref: 'a', completed_at: '2026-07-01T10:00:00Z' });

	it.each([[[late, got]], [[got, late]], [[got, { ...got, billed_credits: 0 }]]])(
		'in its latest state %#',
		(items) => {
			expect(report(items)).toMatchObject({ total: 1, passed: 1, no_verdict: 0, cost: '0.40' });
		},
	);

	it('but an image that only has the ID of another is not judged by it', () => {
		const other = { ...late, client_ref: 'b' };
		expect(report([got, other])).toMatchObject({ total: 2, passed: 1, no_verdict: 1 });
	});

	it("and a row's own number is no evaluation", () => {
		expect(report([good({ id: '1' }), bad({ id: '1' })])).toMatchObject({ total: 2 });
		expect(report([good({ id: 1 }), bad({ id: 1 })])).toMatchObject({ total: 2 });
	});
});

describe('since last time', () => {
	const night = (client_ref: string, before: string | undefined, now: string, since = '') => ({
		...{ client_ref, verdict: now, reason: now === 'passed' ? '' : 'Blurred' },
		...{ completed_at: '2026-07-02T01:00:00+00:00' },
		input: { verdict: before, completed_at: since },
	});
	const NIGHTS = [
		night('row-1', 'passed', 'passed'),
		night('row-9', 'not_passed', 'not_passed', '2026-06-30T01:00:00+00:00'),
		night('row-4', 'Not Passed', 'passed'),
		night('row-7', 'passed', 'not_passed'),
		night('row-31', 'passed', 'not_passed'),
		night('row-5', 'passed', 'no_verdict'),
		night('row-6', 'no_verdict', 'passed'),
		night('row-8', '', 'passed'),
	];

	it('newly failing first, then recovered, then still failing since when it is known', () => {
		const { changes = [], changed, text } = report(NIGHTS);
		expect(changes.map(({ change, client_ref }) => [change, client_ref])).toEqual([
			['newly_failing', 'row-7'],
			['newly_failing', 'row-31'],
			['recovered', 'row-4'],
			['still_failing', 'row-9'],
		]);
		expect(changes.map(({ failing_since }) => failing_since.slice(0, 10))).toEqual([
			...['2026-07-02', '2026-07-02', '', '2026-06-30'],
		]);
		expect(changed).toBe(3);
		expect(text.split('\n')[1]).toBe(
			'Since last time: 2 newly failing: row-7, row-31; 1 recovered: row-4; 1 still failing.',
		);
	});

	it('says so when nothing changed', () => {
		const { text, changed, changes } = report(NIGHTS.slice(0, 1).concat(NIGHTS.slice(5, 7)));
		expect([changed, changes]).toEqual([0, []]);
		expect(text).toContain('Since last time: no change.');
	});

	it('a row whose empty cell its table left out was not judged before', () => {
		const items = [...NIGHTS.slice(0, 1), bad({ client_ref: 'new', input: { url: 'x' } })];
		expect(report(items).changes).toMatchObject([{ change: 'newly_failing', client_ref: 'new' }]);
	});

	it("tells nothing by a field that no item has, and by a result's own verdict", () => {
		const items = [bad({ input: { verdict: 'passed' } }), good()];
		expect(report(items, { earlierVerdictField: 'last_verdct' })).not.toHaveProperty('changes');
		expect(report([bad(), bad()], { earlierVerdictField: 'verdict' })).not.toHaveProperty(
			'changes',
		);
		expect(report(items, { earlierVerdictField: 'verdict' })).toMatchObject({ changed: 1 });
	});

	it('tells nothing where no row says what it was before', () => {
		const { text, changed, ...rest } = report([bad({ input: { url: 'x' } }), good()]);
		expect(rest).not.toHaveProperty('changes');
		expect([changed, text.includes('Since last time')]).toEqual([0, false]);
	});

	it.each([
		['a field', 'last', { last: 'passed' }],
		['a field of the input row', 'last', { input: { last: 'passed' } }],
		['a path', 'old.state', { old: { state: 'PASSED' } }],
		['true or false', 'was_ok', { was_ok: 'TRUE' }],
		['true or false of another language', 'was_ok', { was_ok: 'WAHR' }],
		['an option that was chosen', 'last', { last: { id: 1, value: 'passed', color: 'green' } }],
		['a field with a point in its name', 'last.state', { 'last.state': 'passed' }],
	])('by %s that is named', (_, earlierVerdictField, fields) => {
		const items = [bad({ client_ref: 'a', ...fields })];
		expect(report(items, { earlierVerdictField })).toMatchObject({
			changed: 1,
			changes: [{ change: 'newly_failing', client_ref: 'a' }],
		});
	});
});

it.each(['✓', 'maybe', 7])('an earlier verdict %p, which nobody can read, is no news', (last) => {
	const items = [bad({ client_ref: 'a', last }), bad({ client_ref: 'b', last: '' })];
	expect(report(items, { earlierVerdictField: 'last' })).toMatchObject({
		changed: 1,
		changes: [{ change: 'newly_failing', client_ref: 'b' }],
	});
});

describe('by group', () => {
	const of = (campaign: string | undefined, verdict: string) => ({
		verdict,
		cost: '0.4',
		campaign,
	});

	it('the worst first, with counts, pass rate and cost', () => {
		const items = [
			...[of('Summer', 'passed'), of('Summer', 'not_passed'), of('Winter', 'passed')],
			...[{ verdict: 'no_verdict', input: { campaign: 'Autumn' } }, of(undefined, 'passed')],
		];
		const { groups, text } = report(items, { groupByField: 'campaign' });
		expect(groups).toEqual([
			expect.objectContaining({
				group: 'Autumn',
				total: 1,
				no_verdict: 1,
				pass_rate: 0,
				cost: '0.00',
			}),
			expect.objectContaining({
				group: 'Summer',
				total: 2,
				passed: 1,
				pass_rate: 0.5,
				cost: '0.80',
			}),
			expect.objectContaining({ group: 'Winter', total: 1, pass_rate: 1 }),
			expect.objectContaining({ group: '', total: 1, pass_rate: 1, cost_credits: 0.4 }),
		]);
		expect(text).toContain(`By campaign:
• Autumn: 0 of 1 passed (0%), 0.00 credits
• Summer: 1 of 2 passed (50%), 0.80 credits`);
	});
});
