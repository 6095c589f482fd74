import type { IDataObject } from 'n8n-workflow';

import { masked } from '../api/mask';
import { changedRow, findChanges, inOrderOfChange } from './changes';
import { tellsEarlier } from './columns';
import type { OtherColumns } from './columns';
import { sumDecimals } from './decimals';
import { readEntry } from './entry';
import type { Entry } from './entry';
import type { Figures, Report } from './figures';
import { countVerdicts, groupsOf, passRate } from './groups';
import { countLabels, withoutFigures } from './labels';
import { eachOnce } from './once';
import { reportLines } from './reportText';
import { asHtml, fitted } from './message';

/** How a report is made. */
export interface ReportInput extends OtherColumns {
	title: string;
	worstCount: number;
	/** Most characters of the message. */
	maximumTextLength?: number;
	/** Which part of all images the items are, where they are not all: "the output Passed". */
	covers?: string;
}

const LONGEST_TEXT = 2_000;

/**
 * Sums up items of any operation, of the trigger or in error, and rows with the same columns. An
 * evaluation counts once; an empty item, as n8n makes it of no rows, is no image.
 */
export function makeReport(
	items: IDataObject[],
	settings: ReportInput,
): { report: Report; figures: Figures; entries: Entry[] } {
	const { title, worstCount, covers, groupByField, maximumTextLength = LONGEST_TEXT } = settings;
	const read = items.map((json, index) => ({ json, entry: readEntry(json, index, settings) }));
	const images = read.filter(({ json }) => Object.keys(json).length > 0);
	const entries = eachOnce(images.map(({ entry }) => entry));
	if (!tellsEarlier(items, settings.earlierVerdictField)) forgetEarlier(entries);
	findChanges(entries);
	const counts = countVerdicts(entries);
	const cost = sumDecimals(entries.map(({ billed }) => billed));
	const worst = worstFirst(entries).slice(0, worstCount);
	const changed = inOrderOfChange(entries);
	const told = {
		title,
		total: entries.length,
		...counts,
		pass_rate: passRate(counts.passed, entries.length),
		average_score: averageScore(entries),
		cost,
		cost_credits: Number(cost),
		changed: changed.filter(({ change }) => change !== 'still_failing').length,
		issues: countLabels(entries.flatMap((entry) => (isBad(entry) ? issuesOf(entry) : []))),
		worst: worst.map(summaryOf),
		started_at: extreme(entries, 'submitted', Math.min),
		finished_at: extreme(entries, 'completed', Math.max),
		...(entries.some(({ earlier }) => earlier) && {
			changes: changed.flatMap((entry) => (entry.change ? changedRow(entry, entry.change) : [])),
		}),
		...(groupByField !== undefined && { groups: groupsOf(entries) }),
	};
	const hasVerdicts = entries.some(({ hasVerdictColumn }) => hasVerdictColumn);
	const figures: Figures = { ...told, covers, groupedBy: groupByField, hasVerdicts };
	const text = fitted(reportLines(figures, entries, worst, maximumTextLength), maximumTextLength);
	return { report: { ...told, text, html: asHtml(text) }, figures, entries };
}

function forgetEarlier(entries: Entry[]): void {
	for (const entry of entries) entry.earlier = undefined;
}

/** "Score 0.71 is below the minimum" is one issue, whatever the score. */
function issuesOf({ issues }: Entry): string[] {
	return [...new Set(issues.map(withoutFigures))];
}

/** The images that did not pass, the lowest score first; those without a score last. */
export function worstFirst(entries: Entry[]): Entry[] {
	return entries.filter(isBad).sort((a, b) => (a.score ?? 2) - (b.score ?? 2));
}

function isBad({ verdict }: Entry): boolean {
	return verdict === 'not_passed';
}

function summaryOf({ clientRef, reason, score, imageUrl, id }: Entry): Report['worst'][number] {
	return {
		client_ref: clientRef ?? null,
		reason,
		weighted_pass_rate: score ?? null,
		generated_image_url: imageUrl === undefined ? null : masked(imageUrl),
		id: id ?? null,
	};
}

function averageScore(entries: Entry[]): number | null {
	const judged = entries.filter(({ verdict }) => verdict !== 'no_verdict');
	const scores = judged.flatMap(({ score }) => score ?? []);
	if (scores.length === 0) return null;
	const average = scores.reduce((sum, score) => sum + score, 0) / scores.length;
	return Math.round(average * 10_000) / 10_000;
}

function extreme(
	entries: Entry[],
	field: 'submitted' | 'completed',
	pick: (a: number, b: number) => number,
): string | null {
	const moments = entries.flatMap((entry) => entry[field] ?? []);
	if (moments.length === 0) return null;
	const ms = moments.map((moment) => moment.ms).reduce((a, b) => pick(a, b));
	return moments.find((moment) => moment.ms === ms)?.text ?? null;
}
