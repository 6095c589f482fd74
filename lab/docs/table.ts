/** A table in Markdown. Texts of the panel may have HTML: bold and links become Markdown. */
export function table(heads: string[], rows: string[][]): string {
	const lines = [heads, heads.map(() => '---'), ...rows.map((cells) => cells.map(cell))];
	return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function cell(text: string): string {
	return inMarkdown(text)
		.replace(/\|/g, '\\|')
		.replace(/\s*\n\s*/g, ' ');
}

/** A text of the panel in Markdown. */
export function inMarkdown(text: string): string {
	return text.replace(/<\/?b>/g, '**').replace(/<a href="([^"]+)"[^>]*>([^<]+)<\/a>/g, '[$2]($1)');
}
