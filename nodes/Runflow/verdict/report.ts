import type { IDataObject } from 'n8n-workflow';

import { sumDecimals } from './decimals';
import { readEntry } from './entry';
import type { Entry } from './entry';
import { countLabels } from './labels';
import { reportText } from './reportText';

/** The figures on many images, as the report's item has them. */
export interface Report {
	title: string;
	total: number;
	passed: number;
	not_passed: number;
	no_verdict: number;
	/** Share of all images that passed, from 0 to 1; null without images. */
	pass_rate: number | null;
	/** Of the images with a verdict and a score; null without any. */
	average_score: number | null;
	/** Exact decimal string of credits. */
	cost: string;
	cost_credits: number;
	/** Of the images that did not pass, the most frequent first. */
	issues: Array<{ issue: string; count: number }>;
	/** Images that did not pass, the lowest score first; never one without a verdict. */
	worst: Array<{
		client_ref: string | null;
		reason: string | null;
		weighted_pass_rate: number | null;
		generated_image_url: string | null;
		id: string | null;
	}>;
	started_at: string | null;
	finished_at: string | null;
	/** A short message for a chat or an email. */
	text: string;
}

/** Sums up items of any operation, of the trigger or in error, and rows with the same columns. */
export function makeReport(
	items: IDataObject[],
	{ title, worstCount }: { title: string; worstCount: number },
): { report: Report; entries: Entry[] } {
	const entries = items.map((json, index) => readEntry(json, index + 1));
	const count = (verdict: Entry['verdict']) =>
		entries.filter((entry) => entry.verdict === verdict).length;
	const passed = count('passed');
	const cost = sumDecimals(entries.map((entry) => entry.cost));
	const worst = worstFirst(entries).slice(0, worstCount);
	const figures = {
		title,
		total: entries.length,
		passed,
		not_passed: count('not_passed'),
		no_verdict: count('no_verdict'),
		pass_rate: entries.length === 0 ? null : rounded(passed / entries.length),
		average_score: averageScore(entries),
		cost,
		cost_credits: Number(cost),
		issues: countLabels(entries.flatMap((entry) => (isBad(entry) ? entry.issues : []))),
		worst: worst.map(summaryOf),
		started_at: extreme(entries, 'submitted', Math.min),
		finished_at: extreme(entries, 'completed', Math.max),
	};
	return { report: { ...figures, text: reportText(figures, entries, worst) }, entries };
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
		generated_image_url: imageUrl ?? null,
		id: id ?? null,
	};
}

function averageScore(entries: Entry[]): number | null {
	const judged = entries.filter(({ verdict }) => verdict !== 'no_verdict');
	const scores = judged.flatMap(({ score }) => score ?? []);
	if (scores.length === 0) return null;
	return rounded(scores.reduce((sum, score) => sum + score, 0) / scores.length);
}

function rounded(share: number): number {
	return Math.round(share * 10_000) / 10_000;
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
