/** A parameter that cannot be used: what is wrong, naming the parameter, and what to do. */
export class ParameterProblem {
	constructor(
		readonly message: string,
		readonly description: string,
	) {}
}

export type Checked<T> = T | ParameterProblem;

export function isProblem<T>(value: Checked<T>): value is ParameterProblem {
	return value instanceof ParameterProblem;
}

/** Goes on with a value unless it is a problem. */
export function then<A, B>(value: Checked<A>, next: (value: A) => Checked<B>): Checked<B> {
	return isProblem(value) ? value : next(value);
}
