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
		const found = failure_code === '' ? issues : `could not be read (${failure_code})`;
		table.push([
			row,
			title,
			verdictText(verdict, colored),
			shortScore(score),
			found,
			shortCost(cost),
		]);
	}
	return table.toString();
}

/** What the whole audit came to, line by line. */
export function totals({ results, seconds, requests, faults, refusals, billed }: Audit): string[] {
	const count = (verdict: string) => results.filter((row) => row.verdict === verdict).length;
	const verdicts = `${count('passed')} passed, ${count('not_passed')} not passed, ${count('no_verdict')} without a verdict`;
	const cost = sumDecimals(results.map((row) => row.cost));
	const paid = results.filter((row) => row.cost !== '').length;
	return [
		`${results.length} rows in ${seconds.toFixed(1)} s: ${verdicts}`,
		`${cost} credits for ${paid} evaluations, to the last digit what the account was billed (${billed})`,
		`${requests} requests; ${faults} were made to fail, and ${refusals} times the account was full (${IN_FLIGHT_CAP} at once): nothing lost, nothing billed twice`,
	];
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
