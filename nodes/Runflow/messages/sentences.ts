/** Joins sentences into a paragraph; what is absent is left out. The last one stays as it is. */
export function sentences(...parts: Array<string | undefined>): string {
	const said = parts.filter((part): part is string => part !== undefined && part !== '');
	return said.map((part, at) => (at < said.length - 1 ? endSentence(part) : part)).join(' ');
}

function endSentence(text: string): string {
	return /[.!?…]$/.test(text) ? text : `${text}.`;
}
