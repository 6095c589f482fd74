import type { RunflowClient } from '../../api/client';
import type { Shape } from '../../verdict/shape';
import { systemClock } from '../../waiting/clock';
import type { Sight } from './look';
import { sharedBy } from './memory';

/**
 * Looks with all the details that one of the items is to have.
 * @param signal aborted when the user stops the execution
 */
export function sightFor(
	client: RunflowClient,
	shapes: Iterable<Shape>,
	signal?: AbortSignal,
): Sight {
	const embed = [...new Set([...shapes].flatMap((shape) => shape.embed))].sort();
	const clock = systemClock(signal);
	return {
		...sharedBy(client.account, embed, () => clock.now()),
		look: async (id, timeoutMs) => await client.get(id, { embed, timeoutMs }),
		clock,
	};
}
