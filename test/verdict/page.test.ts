import type { IDataObject } from 'n8n-workflow';

import { contactSheet } from '../../nodes/Runflow/verdict/page/page';
import { makeReport } from '../../nodes/Runflow/verdict/report';

function page(items: IDataObject[], title = 'Nightly audit'): string {
	const { report, entries } = makeReport(items, { title, worstCount: 5 });
	return contactSheet(report, entries, 'November 25, 2026');
}

const judged = (client_ref: string, verdict: string, fields: IDataObject = {}) => ({
	client_ref,
	verdict,
	...fields,
});

const labels = (html: string) => [...html.matchAll(/<h3>(.*?)<\/h3>/g)].map(([, label]) => label);

it('shows the worst first: not passed by score, then no verdict, then passed', () => {
	const html = page([
		judged('good', 'passed', { weighted_pass_rate: 0.9 }),
		judged('open', 'no_verdict', { id: 'e-open' }),
		judged('bad', 'not_passed', { weighted_pass_rate: 0.5, top_issues: ['Blurred'], cost: '0.4' }),
		judged('no score', 'not_passed'),
		judged('worst', 'not_passed', { weighted_pass_rate: 0.1, primary_action_code: 'regenerate' }),
	]);
	expect(labels(html)).toEqual(['worst', 'bad', 'no score', 'open', 'good']);
	expect(html).toContain('1 of 5 images passed');
	expect(html).toContain('<li>Blurred</li>');
	expect(html).toContain('Suggested: <b>regenerate</b>');
	expect(html).toContain('0.40 credits');
	expect(html).toContain('e-open');
});

it('shows pictures by their https address or inline, and a tile for any other', () => {
	const inline = 'data:image/png;base64,iVBORw0KGgo=';
	const urls = [
		'https://example.com/a.png?x=1&y="2"',
		inline,
		'http://example.com/plain.png',
		'runflow://assets/0b6f6f0e',
		'data:image/jpeg;base64,… (3 kB left out by Simplify)',
		'data:image/svg+xml;base64,PHN2Zz4=',
		'data:text/html;base64,PHN2Zz4=',
		`data:image/png;base64,${'A'.repeat(700_000)}`,
		'javascript:alert(1)',
		' javascript:alert(1)',
		'https://',
		'//example.com/a.png',
	];
	const html = page(
		urls.map((generated_image_url) => judged('x', 'passed', { generated_image_url })),
	);
	const sources = [...html.matchAll(/<img [^>]*src="([^"]*)"/g)].map(([, source]) => source);
	expect(sources).toEqual(['https://example.com/a.png?x=1&amp;y=%222%22', inline]);
	const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, link]) => link);
	expect(links).toEqual(['https://example.com/a.png?x=1&amp;y=%222%22']);
	expect(html).toContain('Stored at Runflow');
});

it('escapes everything that came from outside', () => {
	const evil = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>`;
	const html = page(
		[
			judged(evil, 'not_passed', {
				top_issues: [evil],
				primary_action_code: evil,
				generated_image_url: `https://example.com/${evil}`,
				input: { title: evil },
			}),
			judged(evil, 'no_verdict', { reason: evil, id: evil }),
			{ verdict: evil },
			{ error: evil },
		],
		evil,
	);
	expect(html).not.toContain('<script>alert');
	expect(html).not.toMatch(/<img src=x/);
	expect(html.match(/<script/g)).toHaveLength(1);
	const tags = new Set([...html.matchAll(/<([a-z0-9]+)[ >]/g)].map(([, tag]) => tag));
	for (const tag of ['iframe', 'object', 'embed', 'form', 'base', 'link'])
		expect(tags).not.toContain(tag);
	expect(html).not.toMatch(/<[^>]* (style|on\w+)=/);
});

it('stays under 8 MB however much there is, and then leaves out what passed', () => {
	const long = 'x'.repeat(1_500);
	const items = Array.from({ length: 6_000 }, (_, n) =>
		judged(`row-${n}`, n % 10 === 0 ? 'not_passed' : 'passed', {
			generated_image_url: `https://example.com/${long}${n}.png`,
		}),
	);
	const html = page(items);
	expect(Buffer.byteLength(html)).toBeLessThan(8_000_000);
	expect(html).toMatch(/<p class="more">[\d,]+ more are not shown, to keep this file small\.<\/p>/);
	expect(html.match(/<article class="n"/g)).toHaveLength(600);
});
