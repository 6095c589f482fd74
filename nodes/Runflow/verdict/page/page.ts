import { createHash } from 'node:crypto';

import { grouped } from '../decimals';
import type { Entry } from '../entry';
import { percentText, scoreText } from '../plain';
import type { Figures } from '../figures';
import type { Verdict } from '../verdict';
import { changesBlock, groupsBlock } from './blocks';
import { card } from './card';
import { escapeHtml } from './escape';
import { KINDS, WORST_FIRST } from './kinds';
import { SCRIPT } from './script';
import { STYLE } from './style';

/** Email servers and n8n's preview take a page of this size; what passed is left out beyond it. */
const MOST_BYTES = 7_500_000;

/** A browser lays out so many cards at once without a pause. */
const MANY = 500;

/**
 * One self-contained HTML page with every image, the worst first: it opens from disk, from an email
 * and in n8n's preview. Nothing that came from outside can run in it: everything is escaped, links
 * are https only, and the page's own policy allows no script and no style but its own two.
 * @param date when the report was made, as the reader is to see it
 */
export function contactSheet(report: Figures, entries: Entry[], date: string): string {
	const sections: string[] = [];
	let left = MOST_BYTES;
	for (const verdict of WORST_FIRST) {
		const members = entries.filter((entry) => entry.verdict === verdict);
		if (members.length === 0) continue;
		const { html, bytes } = section(verdict, members, left);
		sections.push(html);
		left -= bytes;
	}
	const title = escapeHtml(report.title);
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body${entries.length > MANY ? ' class="many"' : ''}>
${header(report, entries, date)}
${filters(report)}
<main>
${sections.join('')}<p id="none" hidden>No image matches the search.</p>
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

const POLICY = [
	"default-src 'none'",
	'img-src https: data:',
	`style-src '${fingerprint(STYLE)}'`,
	`script-src '${fingerprint(SCRIPT)}'`,
	"base-uri 'none'",
	"form-action 'none'",
].join('; ');

function fingerprint(text: string): string {
	return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function header(report: Figures, entries: Entry[], date: string): string {
	const { title, total, passed, average_score, cost, issues, covers } = report;
	const shares = WORST_FIRST.map((verdict) => ({ ...KINDS[verdict], count: report[verdict] }));
	const often = issues
		.slice(0, 5)
		.map(({ issue, count }) => `<b><bdi>${escapeHtml(issue)}</bdi></b> (${grouped(count)})`);
	const facts = [
		...shares.map(
			({ css, name, count }) => `<li class="${css}"><b>${grouped(count)}</b> ${name}</li>`,
		),
		`<li><b>${total === 0 ? '–' : percentText(passed, total)}</b> pass rate</li>`,
		`<li><b>${average_score === null ? '–' : scoreText(average_score)}</b> average score</li>`,
		`<li><b>${grouped(cost)}</b> credits</li>`,
	];
	return `<header>
<p><b><bdi>${escapeHtml(title)}</bdi></b> · ${escapeHtml(date)}</p>
<h1>${total === 1 ? `${passed} of 1 image` : `${grouped(passed)} of ${grouped(total)} images`} passed</h1>
${covers === undefined ? '' : `<p class="only">Of ${escapeHtml(covers)} alone</p>\n`}${shareBar(shares)}
<ul class="facts">${facts.join('')}</ul>
${often.length === 0 ? '' : `<p>Most often: ${often.join(', ')}</p>\n`}${changesBlock(report, entries)}${groupsBlock(report)}</header>`;
}

/** An image, so that the lengths need no style attributes, which the policy forbids. */
function shareBar(shares: Array<{ css: string; count: number }>): string {
	const total = shares.reduce((sum, { count }) => sum + count, 0);
	let x = 0;
	const bars = shares.map(({ css, count }) => {
		const width = total === 0 ? 0 : (count / total) * 1_000;
		const bar = `<rect class="${css}" x="${x.toFixed(1)}" width="${width.toFixed(1)}" height="12"/>`;
		x += width;
		return bar;
	});
	return `<svg class="share" viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true">${bars.join('')}</svg>`;
}

function filters(report: Figures): string {
	const choices = [
		{ id: 'all', text: `All ${grouped(report.total)}` },
		{ id: 'bad', text: `Not passed ${grouped(report.not_passed)}` },
		{ id: 'open', text: `No verdict ${grouped(report.no_verdict)}` },
		{ id: 'good', text: `Passed ${grouped(report.passed)}` },
	];
	const inputs = choices.map(
		({ id, text }) =>
			`<input class="pick" type="radio" name="verdict" id="${id}"${id === 'all' ? ' checked' : ''}><label for="${id}">${text}</label>`,
	);
	return `<nav aria-label="Filter"><fieldset><legend>Show</legend>${inputs.join('')}</fieldset><input id="search" type="search" placeholder="Search" aria-label="Search images" hidden></nav>`;
}

function section(
	verdict: Verdict,
	entries: Entry[],
	mostBytes: number,
): { html: string; bytes: number } {
	const { css, heading, note } = KINDS[verdict];
	const sorted = [...entries].sort((a, b) => (a.score ?? 2) - (b.score ?? 2));
	const cards: string[] = [];
	let bytes = 0;
	for (const entry of sorted) {
		const html = card(entry);
		const size = Buffer.byteLength(html);
		if (bytes + size > mostBytes) continue;
		bytes += size;
		cards.push(html);
	}
	const rest = entries.length - cards.length;
	const more =
		rest === 0
			? ''
			: `<p class="more">${grouped(rest)} more are not shown, to keep this file small.</p>\n`;
	const html = `<section class="${css}">
<h2>${heading} <small>${grouped(entries.length)}, ${note}</small></h2>
<div class="sheet">
${cards.join('')}</div>
${more}</section>
`;
	return { html, bytes };
}
