import { RUN_LOOK_INTERVAL_MS } from '../api/policy';
import type { Attempt } from '../api/attempt';
import type { Clock } from './clock';
import { runRequests } from './runRequests';
import type { RequestOptions, RequestOutcome } from './runRequests';

export interface RoundOptions<T> extends RequestOptions {
	/** Which answers are asked for again, and for how long; by default each answer is final. */
	awaited?: { isThere: (value: T) => boolean; waitMs: number };
}

/**
 * Sends one request for each item, and again every ten seconds for those whose answer is not there
 * yet, until the time is up: then the last answer stands.
 */
export async function runRounds<Key, Item, T>(
	items: ReadonlyMap<Key, Item>,
	request: (item: Item) => Promise<Attempt<T>>,
	{ awaited, ...options }: RoundOptions<T>,
	clock: Clock,
): Promise<Map<Key, RequestOutcome<T>>> {
	const outcomes = new Map<Key, RequestOutcome<T>>();
	const deadline = clock.now() + (awaited?.waitMs ?? 0);
	let left = items;
	for (;;) {
		const round = await runRequests(left, request, options, clock);
		for (const [key, outcome] of round) outcomes.set(key, outcome);
		const isAwaited = (key: Key) => {
			const outcome = outcomes.get(key);
			return outcome?.kind === 'done' && awaited?.isThere(outcome.value) === false;
		};
		left = new Map([...left].filter(([key]) => isAwaited(key)));
		const hasEnded =
			options.stopOnFailure && [...round.values()].some(({ kind }) => kind !== 'done');
		const restMs = deadline - clock.now();
		if (left.size === 0 || hasEnded || restMs <= 0) return outcomes;
		const next = clock.now() + Math.min(RUN_LOOK_INTERVAL_MS, restMs);
		while (clock.now() < next && !clock.stopped()) await clock.sleep(next - clock.now());
	}
}
