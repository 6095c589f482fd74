import { grouped } from './decimals';
import type { Entry } from './entry';
import { countLabels } from './labels';
import type { Part } from './message';
import { cut, listed, percentText, plain, plainStart, scoreText } from './plain';
import type { Figures } from './figures';

const LONGEST_TITLE = 200;
const LONGEST_LABEL = 60;
const LONGEST_REASON = 140;
const MOST_LABELS = 3;
const MOST_NAMES = 5;

/**
 * A short message that reads well in Slack, Teams, Discord, Telegram and an email: what came of it
 * on the first line, then what is new, why, and the worst. It has no formatting, and nothing that
 * came from outside can format it, mention anybody or make it longer than a message may be.
 * @param most how many characters it may have
 */
export function reportLines(
	figures: Figures,
	entries: Entry[],
	worst: Entry[],
	most: number,
): Part[] {
	const result = headline(figures, entries);
	const room = Math.min(LONGEST_TITLE, Math.max(most - result.length - 2, 20));
	return [
		cut(`${plainStart(figures.title, room)}: ${result}`, most),
		...sinceLastTime(figures, entries),
		...mostOften(figures),
		...lineOfUnjudged(figures, entries),
		...byGroup(figures),
		{ heading: 'Worst:', lines: figures.total > 1 ? worst.map(lineOf) : [] },
	];
}

/** What came of it and what it cost, in one line. */
export function headline(figures: Figures, entries: Entry[]): string {
	const only = figures.covers === undefined ? '' : `Of ${figures.covers} alone: `;
	return `${only}${outcome(figures, entries)} ${grouped(figures.cost)} credits.`;
}

function outcome({ total, passed, not_passed, no_verdict }: Figures, entries: Entry[]): string {
	const [first] = entries;
	if (first === undefined) return 'Nothing to judge.';
	if (total === 1) return `${single(first)}.`;
	const all = grouped(total);
	if (passed === total) return `All ${all} images passed.`;
	if (no_verdict === total) return `None of ${all} images has a verdict.`;
	const share = `${grouped(passed)} of ${all} images passed (${percentText(passed, total)}).`;
	const counts = passed === 0 ? `None of ${all} images passed.` : share;
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

/** `2 newly failing: row-7, row-31; 1 recovered: row-4; 3 still failing.` */
function sinceLastTime({ changes }: Figures, entries: Entry[]): string[] {
	if (changes === undefined) return [];
	const named = (change: Entry['change'], what: string, isNamed: boolean) => {
		const found = entries.filter((entry) => entry.change === change);
		const names = listed(found.map(labelOf), MOST_NAMES);
		if (found.length === 0) return [];
		return [`${grouped(found.length)} ${what}${isNamed ? `: ${names}` : ''}`];
	};
	const told = [
		...named('newly_failing', 'newly failing', true),
		...named('recovered', 'recovered', true),
		...named('still_failing', 'still failing', false),
	];
	return [`Since last time: ${told.length === 0 ? 'no change' : told.join('; ')}.`];
}

function mostOften({ issues, total }: Figures): string[] {
	return total === 1 || issues.length === 0 ? [] : [`Most often: ${counted(issues)}.`];
}

function lineOfUnjudged(figures: Figures, entries: Entry[]): string[] {
	const { total, no_verdict, hasVerdicts } = figures;
	if (total > 0 && hasVerdicts === false) return ["No column 'verdict' came in."];
	if (total <= 1 || no_verdict === 0) return [];
	const unjudged = entries.filter(({ verdict }) => verdict === 'no_verdict');
	const reasons = unjudged.map(({ reason }) => shortReason(reason ?? ''));
	const unreadable = unjudged.filter(({ isUnreadable }) => isUnreadable).map(labelOf);
	return [
		`Without a verdict: ${counted(countLabels(reasons))}.`,
		...(unreadable.length === 0 ? [] : [`Could not be read: ${listed(unreadable, MOST_NAMES)}.`]),
	];
}

/** Without the API's code and what follows it. */
function shortReason(reason: string): string {
	return (reason.split(': ')[0] ?? '').replace(/ \([\w-]+\)$/, '') || reason;
}

function counted(labels: Figures['issues']): string {
	const shown = labels.slice(0, MOST_LABELS);
	const texts = shown.map(
		({ issue, count }) => `${plain(issue, LONGEST_LABEL)} (${grouped(count)})`,
	);
	const more = labels.length - shown.length;
	return `${texts.join(', ')}${more > 0 ? `, and ${grouped(more)} other${more === 1 ? '' : 's'}` : ''}`;
}

function byGroup({ groups = [], groupedBy = '' }: Figures): Part[] {
	const lines = groups.map(({ group, total, passed, cost }) => {
		const name = group === '' ? 'without one' : plain(group, LONGEST_LABEL);
		const share = `${grouped(passed)} of ${grouped(total)} passed (${percentText(passed, total)})`;
		return `${name}: ${share}, ${grouped(cost)} credits`;
	});
	return [{ heading: `By ${plain(groupedBy, LONGEST_LABEL)}:`, lines }];
}

function lineOf(entry: Entry): string {
	const { label, title, score, reason } = entry;
	const rating = score === undefined ? '' : ` (${scoreText(score)})`;
	const name = title === undefined || title === label ? label : `${label} ${title}`;
	return `${plain(name, LONGEST_LABEL)}${rating}: ${plain(reason ?? '', LONGEST_REASON)}`;
}

function labelOf({ label }: Entry): string {
	return plain(label, LONGEST_LABEL);
}
