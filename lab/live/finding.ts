import type { Attempt, Reaction } from '../../nodes/Runflow/api/attempt';
import { isObject } from '../../nodes/Runflow/api/read';

/** One question about the API, and what it really did. */
export interface Finding {
	question: string;
	/** Whether it is as the package expects; null where any answer is news. */
	holds: boolean | null;
	seen: string;
	/** What a user has of it when it does not hold, and the emulator's switch that stands for it. */
	matters?: string;
}

export type Findings = AsyncGenerator<Finding, void>;

export function news(question: string, seen: string | number): Finding {
	return { question, holds: null, seen: String(seen) };
}

/** @param matters told only when it does not hold */
export function expected(
	question: string,
	holds: boolean,
	seen: string | number,
	matters: string,
): Finding {
	return { question, holds, seen: String(seen), ...(!holds && { matters }) };
}

/** What the product made of an answer. */
export function told<T>(attempt: Attempt<T>): string {
	if (attempt.ok) return shapeOf(attempt.value);
	const { kind, reaction, status, code, networkCode, said } = attempt.failure;
	const parts = [kind, reaction, status, code, networkCode].filter((part) => part !== undefined);
	return `${parts.join(' ')}${said === undefined ? '' : `: ${said}`}`;
}

export function reactionOf<T>(attempt: Attempt<T>): Reaction | undefined {
	return attempt.ok ? undefined : attempt.failure.reaction;
}

/** The keys of an object, or what the value is otherwise: enough to compare with the contract. */
export function shapeOf(value: unknown): string {
	if (Array.isArray(value)) return `array of ${value.length}: ${shapeOf(value[0])}`;
	if (isObject(value)) return `{ ${Object.keys(value).join(', ')} }`;
	return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 200);
}
