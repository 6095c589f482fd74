/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { IMAGE_FOLDER, URL_PREFIX, type Audit } from './audit';
import { readPicture, type Picture } from './pictures';
import type { InputRow, ResultRow } from './rows';
import { costOf, shortCost, shortScore } from './table';

/** A picture with all that is known about it. */
interface Frame {
	result: ResultRow;
	/** As asked for, `9:16`; empty when any will do. */
	aspectRatio: string;
	picture: Picture;
}

interface Group {
	verdict: string;
	title: string;
	chip: string;
	note: string;
}

const GROUPS: Group[] = [
	{ verdict: 'not_passed', title: 'Not passed', chip: '✕ Not passed', note: 'worst first' },
	{
		verdict: 'no_verdict',
		title: 'No verdict',
		chip: '? No verdict',
		note: 'nobody could look at these',
	},
	{ verdict: 'passed', title: 'Passed', chip: '✓ Passed', note: 'fit to publish' },
];

const STYLE = readFileSync(path.join(__dirname, 'contactSheet.css'), 'utf8');

/** Writes one page that needs nothing else: every picture with its verdict, the worst first. */
export async function writeContactSheet(audit: Audit, file: string): Promise<void> {
	const asked = new Map(audit.input.map((row) => [row.row, row]));
	const frames = await Promise.all(
		audit.results.map(async (result) => await readFrame(result, asked.get(result.row))),
	);
	frames.sort((a, b) => Number(a.result.score) - Number(b.result.score));
	writeFileSync(file, page(audit, frames));
}

async function readFrame(result: ResultRow, asked: InputRow | undefined): Promise<Frame> {
	const place = { urlPrefix: URL_PREFIX, folder: IMAGE_FOLDER };
	const picture = await readPicture(result.image_url, place);
	return { result, aspectRatio: asked?.aspect_ratio ?? '', picture };
}

function page(audit: Audit, frames: Frame[]): string {
	const groups = GROUPS.map((group) => {
		const members = frames.filter(({ result }) => result.verdict === group.verdict);
		return members.length === 0 ? '' : section(group, members);
	});
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Image audit</title>
<style>${STYLE}</style>
</head>
<body>
${header(audit, frames)}
<main>
${groups.join('\n')}
</main>
</body>
</html>
`;
}

function header({ results, seconds }: Audit, frames: Frame[]): string {
	const counts = GROUPS.map(({ verdict, title }) => {
		const count = frames.filter(({ result }) => result.verdict === verdict).length;
		return { verdict, title, count };
	});
	const segments = counts.map(
		({ verdict, count }) => `<span class="${verdict}" style="flex-grow:${count}"></span>`,
	);
	const legend = counts.map(
		({ verdict, title, count }) =>
			`<li class="${verdict}"><b>${count}</b> ${title.toLowerCase()}</li>`,
	);
	const passed = counts.find(({ verdict }) => verdict === 'passed')?.count ?? 0;
	return `<header>
<p class="kicker">Image audit</p>
<h1>${passed} of ${results.length} images<br>are fit to publish.</h1>
<div class="share" aria-hidden="true">${segments.join('')}</div>
<ul class="legend">${legend.join('')}<li><b>${costOf(results)}</b> credits</li><li><b>${seconds.toFixed(0)}</b> seconds</li></ul>
</header>`;
}

function section({ title, note, verdict, chip }: Group, frames: Frame[]): string {
	return `<section class="${verdict}">
<h2>${title} <span>${frames.length}, ${note}</span></h2>
<div class="sheet">
${frames.map((frame) => card(frame, chip)).join('\n')}
</div>
</section>`;
}

function card({ result, picture, aspectRatio }: Frame, chip: string): string {
	const { row, title, score, issues, action, failure_code, cost } = result;
	const size = picture.kind === 'image' ? `${picture.width} × ${picture.height}` : '';
	const found = issues === '' ? [] : issues.split('; ');
	const labels = failure_code === '' ? found : [`Could not be read: ${failure_code}`];
	const advice = action === '' ? '' : `Suggested: <b>${escape(action)}</b>`;
	return `<article>
<div class="matte"><span class="number">${escape(row.padStart(2, '0'))}</span>${image(picture, title)}${wantedFrame(found, aspectRatio)}</div>
<h3>${escape(title)}</h3>
<p class="line"><span class="chip">${chip}</span><span>${size}</span></p>
${scoreBar(score)}
${labels.length === 0 ? '' : `<ul class="issues">${labels.map((label) => `<li>${escape(label)}</li>`).join('')}</ul>`}
<p class="line foot"><span>${labels.length === 0 ? 'No issues' : advice}</span><span>${costText(cost)}</span></p>
</article>`;
}

/** Small images are shown small: how much of the frame they fill says how far they go. */
function image(picture: Picture, title: string): string {
	if (picture.kind === 'missing') return placeholder('?', 'Nothing at this address');
	if (picture.kind === 'notAnImage') return placeholder('&lt;/&gt;', 'A web page, not an image');
	const { dataUri, width, height } = picture;
	const share = Math.min(1, Math.max(width, height) / 720);
	const style = `aspect-ratio:${width}/${height};${width >= height ? 'width' : 'height'}:${(share * 86).toFixed(1)}cqw`;
	return `<img src="${dataUri}" alt="${escape(title)}" style="${style}">`;
}

function placeholder(sign: string, text: string): string {
	return `<div class="placeholder"><b>${sign}</b>${text}</div>`;
}

/** The frame that was asked for, around a picture that does not fit it. */
function wantedFrame(labels: string[], aspectRatio: string): string {
	if (!labels.includes('Wrong aspect ratio')) return '';
	const [width = 1, height = 1] = aspectRatio.split(':').map(Number);
	const side = width >= height ? 'width' : 'height';
	return `<span class="wanted" style="aspect-ratio:${width}/${height};${side}:94cqw"><i>${aspectRatio}</i></span>`;
}

function scoreBar(score: string): string {
	if (score === '') return '<p class="score"><span class="track"></span><b>–</b></p>';
	const percent = (Number(score) * 100).toFixed(1);
	return `<p class="score"><span class="track"><span style="flex-basis:${percent}%"></span></span><b>${shortScore(score)}</b></p>`;
}

const costText = (cost: string) => (cost === '' ? 'not billed' : `${shortCost(cost)} credits`);

function escape(text: string): string {
	const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
	return text.replace(/[&<>"]/g, (sign) => signs[sign] ?? sign);
}
