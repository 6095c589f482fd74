/**
 * Whether an error of Node's has that code. Not by `instanceof Error`: under jest, Node's own errors
 * belong to another realm than the test's.
 */
export function hasCode(error: unknown, code: string): boolean {
	return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
