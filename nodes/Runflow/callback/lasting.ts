/**
 * What belongs to a key, made when there is none: for what a process remembers of accounts and nodes.
 * When there are more than `most`, the longest unused goes.
 */
export function lasting<T>(all: Map<string, T>, key: string, most: number, create: () => T): T {
	const value = all.get(key) ?? create();
	all.delete(key);
	all.set(key, value);
	for (const longestUnused of all.keys()) {
		if (all.size > most) all.delete(longestUnused);
	}
	return value;
}
