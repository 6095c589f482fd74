import { oneLine } from './labels';

/**
 * Signs that Slack, Teams, Discord, Telegram or an HTML mail takes for formatting, a link or a
 * mention, and what looks like them without being it.
 */
const LOOKALIKES: Record<string, string> = {
	'<': '‹',
	'>': '›',
	'*': '∗',
	_: 'ˍ',
	'`': "'",
	'~': '∼',
	'[': '(',
	']': ')',
	'|': '∣',
	'\\': '∖',
	'@': '＠',
	'&': '＆',
	':': '∶',
};
const SIGNS = /[<>*_`~[\]|\\@]|&(?=[#\w])|:(?=[\w+-]+:)/g;

/** Signs that hide, or turn the reading direction of what follows. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\p{Cc}]/gu;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const AT_THE_START: Array<[RegExp, string]> = [
	[/^#/, '＃'],
	[/^-/, '–'],
	[/^\+/, '＋'],
	[/^(\d+)\.(?=\s)/, '$1․'],
];

/** Text that came from outside as one line that means only itself in every chat and mail. */
export function plain(text: string, longest: number): string {
	const line = cut(oneLine(text.replace(/\s/g, ' ').replace(INVISIBLE, '')), longest);
	const safe = line.replace(SIGNS, (sign) => LOOKALIKES[sign] ?? sign);
	return RIGHT_TO_LEFT.test(safe) ? `\u2068${safe}\u2069` : safe;
}

/** The same for the start of a line, where more signs make a heading or a list. */
export function plainStart(text: string, longest: number): string {
	return AT_THE_START.reduce(
		(line, [sign, like]) => line.replace(sign, like),
		plain(text, longest),
	);
}

/** Cut between words where there are any. */
export function cut(text: string, longest: number): string {
	const signs = [...text];
	if (signs.length <= longest) return text;
	const start = signs.slice(0, longest).join('');
	return `${start.replace(/\s+\S{0,20}$/, '')}…`;
}

/** A score with two decimals, never above what it is: 0.6999 does not meet a minimum of 0.70. */
export function scoreText(score: number): string {
	const rounded = Number(score.toFixed(2));
	return (rounded > score ? rounded - 0.01 : rounded).toFixed(2);
}

/** A share in percent, never rounded to none or all, which would say something else. */
export function percentText(part: number, total: number): string {
	const percent = (part / total) * 100;
	if (percent > 0 && percent < 1) return 'under 1%';
	return percent > 99 && percent < 100 ? 'over 99%' : `${Math.round(percent)}%`;
}

/** `a, b and 3 more`. */
export function listed(names: string[], most: number): string {
	const more = names.length - most;
	return `${names.slice(0, most).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
