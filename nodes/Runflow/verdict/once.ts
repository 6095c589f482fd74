import type { Entry } from './entry';

/**
 * Each evaluation once, in its latest state and at its first place: a timeout and its Get are one
 * image. What was billed for it counts once too.
 */
export function eachOnce(entries: Entry[]): Entry[] {
	const places = new Map<string, number>();
	const unique: Entry[] = [];
	for (const entry of entries) {
		const id = entry.id?.toLowerCase();
		const place = id === undefined ? undefined : places.get(id);
		const earlier = place === undefined ? undefined : unique[place];
		if (earlier === undefined || place === undefined || !isSameImage(earlier, entry)) {
			if (id !== undefined && place === undefined) places.set(id, unique.length);
			unique.push(entry);
			continue;
		}
		const [old, latest] = isLater(entry, earlier) ? [earlier, entry] : [entry, earlier];
		unique[place] = { ...latest, billed: more(latest.billed, old.billed) };
	}
	return unique;
}

/** What came under the ID of another image's evaluation is an image of its own, without a verdict. */
function isSameImage(a: Entry, b: Entry): boolean {
	const agree = (one?: string, other?: string) =>
		one === undefined || other === undefined || one === other;
	return agree(a.clientRef, b.clientRef) && agree(a.imageUrl, b.imageUrl);
}

/** With a verdict is later than without; else the later end, or the later item. */
function isLater(entry: Entry, than: Entry): boolean {
	const isOpen = entry.verdict === 'no_verdict';
	if (isOpen !== (than.verdict === 'no_verdict')) return !isOpen;
	return (entry.completed?.ms ?? 0) >= (than.completed?.ms ?? 0);
}

function more(a: string | undefined, b: string | undefined): string | undefined {
	return Number(b ?? 0) > Number(a ?? 0) ? b : a;
}
