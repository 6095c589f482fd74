/**
 * Text without the signs at both ends that `isUnwanted` names. By index: a pattern that looks for
 * them at the end begins anew at each of them.
 */
export function trimmedBy(text: string, isUnwanted: (sign: string) => boolean): string {
	let start = 0;
	while (start < text.length && isUnwanted(text.charAt(start))) start++;
	return trimmedEnd(text.slice(start), isUnwanted);
}

/** The same for the end alone. */
export function trimmedEnd(text: string, isUnwanted: (sign: string) => boolean): string {
	let end = text.length;
	while (end > 0 && isUnwanted(text.charAt(end - 1))) end--;
	return text.slice(0, end);
}
