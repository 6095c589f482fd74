import type { Entry } from '../entry';
import { escapeHtml, safeInlineImage, safeLink } from './escape';
import { KINDS } from './kinds';

/** One image with all that is known about it. */
export function card(entry: Entry): string {
	const { verdict, label, title, id, action, cost } = entry;
	const { chip, css } = KINDS[verdict];
	const isOpen = verdict === 'no_verdict' && id !== undefined;
	return `<article class="${css}">${matte(entry)}<h3>${escapeHtml(title ?? label)}</h3>${
		title === undefined || title === label ? '' : `<p class="t">${escapeHtml(label)}</p>`
	}<p class="l"><b class="c">${chip}</b>${score(entry.score)}</p>${reasons(entry)}<p class="l f"><span>${
		action === undefined ? '' : `Suggested: <b>${escapeHtml(action)}</b>`
	}</span><span>${
		cost === undefined ? 'not billed' : `${trimmed(cost)} credits`
	}</span></p>${isOpen ? `<p class="i">${escapeHtml(id)}</p>` : ''}</article>\n`;
}

function matte({ picture, imageUrl = '' }: Entry): string {
	const link = safeLink(imageUrl);
	const source = picture ?? link ?? safeInlineImage(imageUrl);
	const image =
		source === undefined
			? `<span>${escapeHtml(whyNoPicture(imageUrl))}</span>`
			: `<img loading="lazy" alt="" src="${escapeHtml(source)}">`;
	if (link === undefined) return `<div class="m">${image}</div>`;
	return `<a class="m" target="_blank" rel="noopener noreferrer" href="${escapeHtml(link)}">${image}</a>`;
}

function whyNoPicture(url: string): string {
	if (url.startsWith('runflow://')) return 'Stored at Runflow';
	if (url.startsWith('data:')) return 'Inline image, not included';
	return url === '' ? 'No image address' : 'No address with https://';
}

function score(value: number | undefined): string {
	if (value === undefined) return '';
	return `<span class="s"><progress max="1" value="${value}"></progress><b>${value.toFixed(2)}</b></span>`;
}

function reasons({ verdict, issues, reason }: Entry): string {
	const texts = verdict === 'no_verdict' || issues.length === 0 ? [reason] : issues;
	const shown = texts.filter((text): text is string => text !== null);
	if (shown.length === 0) return '';
	return `<ul>${shown.map((text) => `<li>${escapeHtml(text)}</li>`).join('')}</ul>`;
}

/** `0.400000` as `0.40`. */
function trimmed(cost: string): string {
	const [integer = '', decimals = ''] = cost.split('.');
	return `${integer}.${decimals.replace(/0+$/, '').padEnd(2, '0')}`;
}
