import { sumDecimals } from './decimals';
import type { Entry } from './entry';

/** The figures on the images of one group. */
export interface Group {
	group: string;
	total: number;
	passed: number;
	not_passed: number;
	no_verdict: number;
	/** From 0 to 1. */
	pass_rate: number;
	/** Exact decimal string of credits that were billed. */
	cost: string;
	cost_credits: number;
}

/** The entries by what the column for groups says, the lowest pass rate first. */
export function groupsOf(entries: Entry[]): Group[] {
	const members = new Map<string, Entry[]>();
	for (const entry of entries) {
		const { group = '' } = entry;
		const known = members.get(group);
		if (known === undefined) members.set(group, [entry]);
		else known.push(entry);
	}
	const groups = [...members].map(([name, all]) => figuresOf(name, all));
	return groups.sort((a, b) => a.pass_rate - b.pass_rate || b.total - a.total);
}

function figuresOf(group: string, entries: Entry[]): Group {
	const counts = countVerdicts(entries);
	const cost = sumDecimals(entries.map(({ billed }) => billed));
	const pass_rate = passRate(counts.passed, entries.length) ?? 0;
	return { group, total: entries.length, ...counts, pass_rate, cost, cost_credits: Number(cost) };
}

export function countVerdicts(entries: Entry[]) {
	const counts = { passed: 0, not_passed: 0, no_verdict: 0 };
	for (const { verdict } of entries) counts[verdict] += 1;
	return counts;
}

/** From 0 to 1, never rounded to either; null for no images. */
export function passRate(passed: number, total: number): number | null {
	if (total === 0) return null;
	const rounded = Math.round((passed / total) * 10_000) / 10_000;
	if (passed === 0 || passed === total) return rounded;
	return Math.min(Math.max(rounded, 0.0001), 0.9999);
}
