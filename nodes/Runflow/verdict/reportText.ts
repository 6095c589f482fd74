import { grouped } from './decimals';
import { countLabels, oneLine } from './labels';
import type { Report } from './report';
import type { Entry } from './entry';

type Figures = Omit<Report, 'text'>;

const LONGEST_TITLE = 200;
const LONGEST_LABEL = 60;
const LONGEST_REASON = 140;
const MOST_LABELS = 3;
const MOST_UNREADABLE = 5;

/** Telegram takes 4,096 characters, Slack and Teams more. */
const LONGEST_TEXT = 3_500;

/** Signs that one of the chats takes for formatting, a link or a mention; unpaired, Telegram refuses them. */
const PLAIN: Record<string, string> = {
	'<': '‹',
	'>': '›',
	'*': '∗',
	_: 'ˍ',
	'`': "'",
	'~': '∼',
	'[': '(',
	']': ')',
};

/**
 * A short message that reads well in Slack, Teams, Telegram and a plain email: what came of it on
 * the first line, then why, then the worst. It has no formatting, and nothing that came from
 * outside can format it, mention anybody or make it longer than a message may be.
 */
export function reportText(figures: Figures, entries: Entry[], worst: Entry[]): string {
	const title = cut(oneLine(figures.title), LONGEST_TITLE);
	const lines = [
		`${title}: ${headline(figures, entries)}`,
		...mostOften(figures),
		...withoutVerdict(figures, entries),
	];
	return withWorst(lines.join('\n'), figures.total > 1 ? worst : []);
}

/** What came of it and what it cost, in one line. */
export function headline(figures: Figures, entries: Entry[]): string {
	return `${outcome(figures, entries)} ${grouped(figures.cost)} credits.`;
}

function outcome({ total, passed, not_passed, no_verdict }: Figures, entries: Entry[]): string {
	const [first] = entries;
	if (first === undefined) return 'There are no images to report on.';
	if (total === 1) return `${single(first)}.`;
	const all = grouped(total);
	if (passed === total) return `All ${all} images passed.`;
	if (no_verdict === total) return `None of ${all} images has a verdict.`;
	const counts = passed === 0 ? `None of ${all} images passed.` : share(passed, total);
	const rest = [
		...(not_passed > 0 ? [`${grouped(not_passed)} did not pass`] : []),
		...(no_verdict > 0
			? [`${grouped(no_verdict)} ${no_verdict === 1 ? 'has' : 'have'} no verdict`]
			: []),
	];
	return `${counts} ${rest.join(', ')}.`;
}

function single({ verdict, reason, label }: Entry): string {
	const what = { passed: 'passed', not_passed: 'did not pass', no_verdict: 'has no verdict' }[
		verdict
	];
	const why = reason === null ? '' : ` (${plain(reason, LONGEST_REASON)})`;
	return `${plain(label, LONGEST_LABEL)} ${what}${why}`;
}

/** Never rounded to 0 or 100 %, which would say something else. */
function share(passed: number, total: number): string {
	const percent = (passed / total) * 100;
	const text = percent < 1 ? 'under 1' : percent > 99 ? 'over 99' : String(Math.round(percent));
	return `${grouped(passed)} of ${grouped(total)} images passed (${text}%).`;
}

function mostOften({ issues, total }: Figures): string[] {
	return total === 1 || issues.length === 0 ? [] : [`Most often: ${counted(issues)}.`];
}

function withoutVerdict({ total, no_verdict }: Figures, entries: Entry[]): string[] {
	if (total === 1 || no_verdict === 0) return [];
	const unjudged = entries.filter(({ verdict }) => verdict === 'no_verdict');
	const reasons = unjudged.map(({ reason }) => shortReason(reason ?? ''));
	const unreadable = unjudged.filter(({ isUnreadable }) => isUnreadable);
	const named = unreadable
		.slice(0, MOST_UNREADABLE)
		.map(({ label }) => plain(label, LONGEST_LABEL));
	const more = unreadable.length - named.length;
	return [
		`Without a verdict: ${counted(countLabels(reasons))}.`,
		...(named.length === 0
			? []
			: [`Could not be read: ${named.join(', ')}${more > 0 ? ` and ${grouped(more)} more` : ''}.`]),
	];
}

/** Without the API's code and what follows it. */
function shortReason(reason: string): string {
	return (reason.split(': ')[0] ?? '').replace(/ \([\w-]+\)$/, '');
}

function counted(labels: Figures['issues']): string {
	const shown = labels.slice(0, MOST_LABELS);
	const texts = shown.map(
		({ issue, count }) => `${plain(issue, LONGEST_LABEL)} (${grouped(count)})`,
	);
	const more = labels.length - shown.length;
	return `${texts.join(', ')}${more > 0 ? `, and ${grouped(more)} other${more === 1 ? '' : 's'}` : ''}`;
}

function withWorst(start: string, worst: Entry[]): string {
	let text = worst.length === 0 ? start : `${start}\nWorst:`;
	for (const { label, title, score, reason } of worst) {
		const rating = score === undefined ? '' : ` (${score.toFixed(2)})`;
		const name = title === undefined || title === label ? label : `${label} ${title}`;
		const line = `\n• ${plain(name, LONGEST_LABEL)}${rating}: ${plain(reason ?? '', LONGEST_REASON)}`;
		if (text.length + line.length > LONGEST_TEXT) break;
		text += line;
	}
	return text;
}

function plain(text: string, longest: number): string {
	return cut(oneLine(text), longest).replace(/[<>*_`~[\]]/g, (sign) => PLAIN[sign] ?? sign);
}

/** Cut between words where there are any. */
function cut(text: string, longest: number): string {
	const signs = [...text];
	if (signs.length <= longest) return text;
	const start = signs.slice(0, longest).join('');
	return `${start.replace(/\s+\S{0,20}$/, '')}…`;
}
