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

describe('the figures', () => {
	it('count, add up exactly, and put the worst first, never one without a verdict', () => {
		const items = [
			result({
				weighted_pass_rate: 0.9,
				cost: '0.1',
				submitted_at: '2026-07-01T10:00:05+00:00',
				completed_at: '2026-07-01T10:00:41+00:00',
			}),
			bad('b', 0.5, 'Blurred'),
			{
				...bad('a', 0.2, 'Too dark', 'blurred'),
				generated_image_url: 'https://example.com/a.png',
				id: 'e-a',
				submitted_at: '2026-07-01T11:00:00+02:00',
			},
			bad('c', null),
			unjudged('d', 'Not finished in time'),
			{ ...result({}), cost: '0.2', cost_credits: 0.2 },
		];
		const { text, html, ...figures } = report(items, { ...SETTINGS, worstCount: 2 });
		expect(html).toBe(text.replaceAll('\n', '<br>\n'));
		expect(text).toContain('2 of 6 images passed');
		expect(figures).toEqual({
			title: 'Nightly audit',
			total: 6,
			passed: 2,
			not_passed: 3,
			no_verdict: 1,
			pass_rate: 0.3333,
			average_score: 0.5333,
			cost: '1.50',
			cost_credits: 1.5,
			changed: 0,
			issues: [
				{ issue: 'Blurred', count: 2 },
				{ issue: 'Too dark', count: 1 },
			],
			worst: [
				{
					client_ref: 'a',
					reason: 'Too dark; blurred',
					weighted_pass_rate: 0.2,
					generated_image_url: 'https://example.com/a.png',
					id: 'e-a',
				},
				{
					client_ref: 'b',
					reason: 'Blurred',
					weighted_pass_rate: 0.5,
					generated_image_url: null,
					id: null,
				},
			],
			started_at: '2026-07-01T11:00:00+02:00',
			finished_at: '2026-07-01T10:00:41+00:00',
		});
	});

	it('exist without any images too', () => {
		expect(report([])).toMatchObject({
			total: 0,
			pass_rate: null,
			average_score: null,
			cost: '0.00',
		});
	});
});
