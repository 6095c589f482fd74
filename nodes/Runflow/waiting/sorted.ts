/** Index of the first of these sorted values that comes after; their number when none does. */
export function firstAfter<T>(sorted: readonly T[], isAfter: (value: T) => boolean): number {
	let [low, high] = [0, sorted.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		const value = sorted[middle];
		if (value !== undefined && isAfter(value)) high = middle;
		else low = middle + 1;
	}
	return low;
}
