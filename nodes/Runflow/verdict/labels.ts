import { isObject, textAt } from '../api/read';

const LABELS = ['detail', 'label', 'message', 'name', 'subcategory', 'category', 'code'];

/** The issues as short texts, one line each, whether the API names them or describes them. */
export function issueLabels(issues: unknown): string[] {
	const all = Array.isArray(issues) ? issues : [issues];
	const labels = all.map((issue) => (isObject(issue) ? textAt(issue, ...LABELS) : issue));
	const texts = labels.filter((label): label is string => typeof label === 'string');
	return texts.map(oneLine).filter((text) => text !== '');
}

/** Text without line breaks and runs of spaces. */
export function oneLine(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
}

/** How often each label occurs, the most frequent first; upper and lower case are the same. */
export function countLabels(labels: string[]): Array<{ issue: string; count: number }> {
	const counts = new Map<string, { issue: string; count: number }>();
	for (const label of labels) {
		const known = counts.get(label.toLowerCase());
		if (known) known.count++;
		else counts.set(label.toLowerCase(), { issue: label, count: 1 });
	}
	return [...counts.values()].sort((a, b) => b.count - a.count);
}

/** An issue without the figures that make many of one. */
export function withoutFigures(issue: string): string {
	return issue.replace(/^Score \S+ is below the minimum of \S+$/, 'Score below the minimum');
}
