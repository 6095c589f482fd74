import type { ApiFailure, Attempt } from '../../api/attempt';
import type { Evaluation } from '../../api/types';
import { isFinished } from '../../waiting/rules';

const MOST_AT_ONCE = 12;

/** What a look at parked evaluations found. */
export type ParkedState =
	| { kind: 'finished'; evaluations: Map<string, Evaluation> }
	| { kind: 'open' }
	| { kind: 'unavailable'; failure: ApiFailure };

/**
 * Looks at evaluations in random order until one turns out to be open, a few at a time, more the
 * longer none is. So N callbacks that each make such a look cost about N log N requests in all,
 * though nothing is remembered between them. One that the API does not know (yet) counts as open.
 * @param random a source of numbers from 0 to 1
 */
export async function lookUntilOpen(
	ids: string[],
	look: (id: string) => Promise<Attempt<Evaluation>>,
	random: () => number,
): Promise<ParkedState> {
	const rest = shuffled([...new Set(ids)], random);
	const evaluations = new Map<string, Evaluation>();
	while (rest.length > 0) {
		const atOnce = Math.min(MOST_AT_ONCE, 1 + Math.floor(evaluations.size / 3));
		const attempts = await Promise.all(rest.splice(0, atOnce).map(look));
		for (const attempt of attempts) {
			if (!attempt.ok && attempt.failure.reaction !== 'missing') {
				return { kind: 'unavailable', failure: attempt.failure };
			}
			if (!attempt.ok || !isFinished(attempt.value)) return { kind: 'open' };
			evaluations.set(attempt.value.id, attempt.value);
		}
	}
	return { kind: 'finished', evaluations };
}

function shuffled<T>(values: T[], random: () => number): T[] {
	const keyed = values.map((value) => ({ value, key: random() }));
	return keyed.sort((a, b) => a.key - b.key).map(({ value }) => value);
}
