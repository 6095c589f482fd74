import type { Change } from '../verdict';
import { failingSince } from '../changes';
import type { Entry } from '../entry';
import { scoreText } from '../plain';
import { escapeAttribute, escapeHtml, safeInlineImage, safeLink, thumbnail } from './escape';
import { KINDS } from './kinds';

const CHANGES: Record<Change, string> = {
	newly_failing: 'Newly failing',
	recovered: 'Recovered',
	still_failing: 'Still failing',
};

/** One image with all that is known about it. */
export function card(entry: Entry): string {
	const { verdict, label, title, id, action, index } = entry;
	const { chip, css } = KINDS[verdict];
	const isOpen = verdict === 'no_verdict' && id !== undefined;
	return `<article class="${css}" id="i${index}">${matte(entry)}<h3>${escapeHtml(titleOf(entry))}</h3>${
		title === undefined || title === label ? '' : `<p class="t">${escapeHtml(label)}</p>`
	}<p class="l"><b class="c">${chip}</b>${score(entry)}</p>${change(entry)}${reasons(entry)}<p class="l f"><span>${
		action === undefined ? '' : `Suggested: <b>${escapeHtml(action)}</b>`
	}</span><span>${price(entry)}</span></p>${
		isOpen ? `<p class="i">${escapeHtml(id)}</p>` : ''
	}</article>\n`;
}

export function titleOf({ title, label }: Entry): string {
	return title ?? label;
}

function matte(entry: Entry): string {
	const { picture, imageUrl = '', verdict } = entry;
	const link = safeLink(imageUrl);
	const source = picture ?? thumbnail(link) ?? safeInlineImage(imageUrl);
	const name = escapeAttribute(`${titleOf(entry)}: ${KINDS[verdict].name}`);
	const image =
		source === undefined
			? `<span>${escapeHtml(whyNoPicture(imageUrl))}</span>`
			: `<img loading="lazy" alt="${name}" src="${escapeHtml(source)}">`;
	if (link === undefined) return `<div class="m">${image}</div>`;
	return `<a class="m" target="_blank" rel="noopener noreferrer" href="${escapeHtml(link)}">${image}</a>`;
}

function whyNoPicture(url: string): string {
	if (url.startsWith('runflow://')) return 'Stored at Runflow';
	if (url.startsWith('data:')) return 'Inline image, not included';
	if (url === '') return 'No image address';
	return /^https:/i.test(url) ? 'Address with a secret, not shown' : 'No address with https://';
}

function score({ score: value }: Entry): string {
	if (value === undefined) return '';
	const text = scoreText(value);
	return `<span class="s"><progress aria-label="Score" max="1" value="${value}"></progress><b>${text}</b></span>`;
}

function change(entry: Entry): string {
	if (entry.change === undefined) return '';
	const since = entry.change === 'still_failing' ? failingSince(entry).slice(0, 10) : '';
	const text = `${CHANGES[entry.change]}${since === '' ? '' : ` since ${escapeHtml(since)}`}`;
	return `<p class="w ${entry.change === 'recovered' ? 'p' : 'n'}">${text}</p>`;
}

function reasons({ verdict, issues, reason }: Entry): string {
	const texts = verdict === 'no_verdict' || issues.length === 0 ? [reason] : issues;
	const shown = texts.filter((text): text is string => text !== null);
	if (shown.length === 0) return '';
	return `<ul>${shown.map((text) => `<li>${escapeHtml(text)}</li>`).join('')}</ul>`;
}

function price({ billed }: Entry): string {
	return billed === undefined || Number(billed) === 0
		? 'not billed'
		: `${twoDecimals(billed)} credits`;
}

/** `0.400000` as `0.40`. */
function twoDecimals(cost: string): string {
	const [integer = '', decimals = ''] = cost.split('.');
	return `${integer}.${decimals.replace(/0+$/, '').padEnd(2, '0')}`;
}
