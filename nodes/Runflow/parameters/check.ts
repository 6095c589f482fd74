/** A parameter that cannot be used: what is wrong, naming the parameter, and what to do. */
export class ParameterProblem {
	constructor(
		readonly message: string,
		readonly description: string,
		/** For a required value that is not there: what is missing, as in "no image address". */
		readonly lacks?: string,
		/** What to do with rows that lack it, where that is more than leaving them out. */
		readonly wayOut?: string,
	) {}
}

export type Checked<T> = T | ParameterProblem;

export function isProblem<T>(value: Checked<T>): value is ParameterProblem {
	return value instanceof ParameterProblem;
}
