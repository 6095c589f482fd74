import { escapeHtml } from './page/escape';

/** A paragraph, or a list under its heading of which as many lines are told as fit. */
export type Part = string | { heading: string; lines: string[] };

/** Room for the line that counts what is left out. */
const REST = 20;

/**
 * The parts as one text of at most so many characters. Whole lines go; of a list it says how many.
 * The first part must fit by itself.
 */
export function fitted(parts: Part[], most: number): string {
	let text = '';
	for (const part of parts) {
		const added = typeof part === 'string' ? `\n${part}` : list(part, most - text.length);
		if (text.length + added.length - (text === '' ? 1 : 0) <= most) text += added;
	}
	return text.slice(1, most + 1);
}

function list({ heading, lines }: { heading: string; lines: string[] }, most: number): string {
	let text = `\n${heading}`;
	for (const [at, line] of lines.entries()) {
		const rest = at + 1 < lines.length ? REST : 0;
		if (text.length + line.length + 3 + rest > most) {
			return at === 0 ? '' : `${text}\n• and ${lines.length - at} more`;
		}
		text += `\n• ${line}`;
	}
	return lines.length === 0 ? '' : text;
}

/** For the body of an HTML mail, where line breaks are signs like any other. */
export function asHtml(text: string): string {
	return escapeHtml(text).replace(/\n/g, '<br>\n');
}
