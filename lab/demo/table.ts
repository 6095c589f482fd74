import Table from 'cli-table3';

import { sumDecimals } from '../../nodes/Runflow/verdict/decimals';
import { IN_FLIGHT_CAP, type Audit } from './audit';
import type { ResultRow } from './rows';

const VERDICTS = new Map([
	['passed', { text: '✓ passed', color: 'green' }],
	['not_passed', { text: '✗ not passed', color: 'red' }],
	['no_verdict', { text: '? no verdict', color: 'yellow' }],
]);
const COLORS: Record<string, string> = {
	green: '\u001b[32m',
	red: '\u001b[31m',
	yellow: '\u001b[33m',
};

/** The result rows as a table, with colours for a terminal. */
export function resultTable(results: ResultRow[], colored: boolean): string {
	const table = new Table({
		head: ['row', 'title', 'verdict', 'score', 'issues', 'cost'],
		colAligns: ['right', 'left', 'left', 'right', 'left', 'right'],
		style: { head: colored ? ['bold'] : [], border: colored ? ['grey'] : [], compact: true },
	});
	for (const { row, title, verdict, score, issues, failure_code, cost } of results) {
		const found =
			failure_code === '' ? issues.replaceAll('; ', '\n') : `unreadable (${failure_code})`;
		const shown = verdictText(verdict, colored);
		table.push([row, title, shown, shortScore(score), found, shortCost(cost)]);
	}
	return table.toString();
}

/** What the whole audit came to, line by line. */
export function totals({ results, seconds, requests, faults, refusals }: Audit): string[] {
	const count = (verdict: string) => results.filter((row) => row.verdict === verdict).length;
	const verdicts = [
		`${count('passed')} passed`,
		`${count('not_passed')} not passed`,
		`${count('no_verdict')} without a verdict`,
	];
	const paid = results.filter((row) => row.cost !== '').length;
	return [
		`${results.length} rows in ${seconds.toFixed(1)} s: ${verdicts.join(', ')}.`,
		`${costOf(results)} credits for ${paid} evaluations; what cannot be read is not billed.`,
		`${requests} requests; ${faults} of them were made to fail, and ${refusals} times the account was full (${IN_FLIGHT_CAP} at once).`,
	];
}

/** What must never happen, and did. */
export function flaws({ input, results, billed, billedTwice }: Audit): string[] {
	const found: string[] = [];
	const lost = input.length - results.length;
	if (lost !== 0) found.push(`${lost} rows are lost`);
	if (billedTwice.length > 0) found.push(`billed twice: rows ${billedTwice.join(', ')}`);
	if (costOf(results) !== sumDecimals([billed])) {
		found.push(`the rows cost ${costOf(results)} credits, but ${billed} were billed`);
	}
	return found;
}

/** The exact sum, in credits. */
export function costOf(results: ResultRow[]): string {
	return sumDecimals(results.map(({ cost }) => cost));
}

/** Two decimals, or nothing without a verdict. */
export function shortScore(score: string): string {
	return score === '' ? '' : Number(score).toFixed(2);
}

export function shortCost(cost: string): string {
	return cost === '' ? 'not billed' : sumDecimals([cost]);
}

function verdictText(verdict: string, colored: boolean): string {
	const { text, color } = VERDICTS.get(verdict) ?? { text: verdict, color: '' };
	const code = COLORS[color];
	return colored && code ? `${code}${text}\u001b[39m` : text;
}
