import { fromMicros, toMicros } from './money';
import type { EvaluationRecord, Ledger } from './types';

/** Sums up what was billed; exact, and with every reference that was billed more than once. */
export function sumUp(evaluations: readonly EvaluationRecord[]): Ledger {
	const billed = evaluations.filter((evaluation) => evaluation.billed);
	const times = new Map<string, number>();
	let total = 0n;
	for (const { clientRef, idempotencyKey, id, cost } of billed) {
		const reference = clientRef ?? idempotencyKey ?? id;
		times.set(reference, (times.get(reference) ?? 0) + 1);
		total += toMicros(cost ?? '0');
	}
	return {
		submitted: evaluations.length,
		billed: billed.length,
		total: fromMicros(total),
		billedTwice: [...times].filter(([, count]) => count > 1).map(([reference]) => reference),
	};
}
