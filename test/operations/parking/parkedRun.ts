import type { INodeExecutionData } from 'n8n-workflow';

import { VirtualTime } from '../../../lab/simulation/virtualTime';
import type { Attempt, Reaction } from '../../../nodes/Runflow/api/attempt';
import type { Evaluation } from '../../../nodes/Runflow/api/types';
import { decideResume } from '../../../nodes/Runflow/operations/parking/decide';
import { sharedBy } from '../../../nodes/Runflow/operations/parking/memory';
import type { Parked } from '../../../nodes/Runflow/operations/parking/record';
import { PLAIN_SHAPE } from '../../../nodes/Runflow/parameters/verdict';

export const UNTIL = 1_000_000;
let accounts = 0;

export const passed = (id: string): Evaluation => ({
	...{ id, status_code: 'completed', overall_passed: true },
	completed_at: '2026-11-30T00:00:00Z',
});
export const running = (id: string): Attempt<Evaluation> => ({
	...{ ok: true, value: { id, status_code: 'running' } },
});
export const refused = (reaction: Reaction, status?: number): Attempt<Evaluation> => ({
	ok: false,
	failure: { kind: 'answer', reaction, status, purpose: { subject: 'Evaluation' } },
});

/** What a look at an id gives; finished where it is not said. */
export type Looks = Record<string, Attempt<Evaluation>>;

export function run(looks: Looks = {}, change: Partial<Parked> = {}) {
	const time = new VirtualTime();
	const account = `account ${accounts++}`;
	const ids = change.ids ?? ['a', 'b'];
	const parked: Parked = {
		...{ ids, shapes: ids.map(() => PLAIN_SHAPE), split: true, unbilled: [], until: UNTIL },
		runIndex: 0,
		...change,
	};
	const asked: string[] = [];
	const look = async (id: string): Promise<Attempt<Evaluation>> => {
		asked.push(id);
		return looks[id] ?? { ok: true, value: passed(id) };
	};
	const claimed: Parked[] = [];
	const world = {
		now: 0,
		items: ids.map((): INodeExecutionData => ({ json: {} })),
		goingOn: false,
	};
	const call = async (body = '') =>
		await time.during(
			decideResume(Buffer.from(body), {
				parked,
				readItems: () => world.items,
				sight: async () => ({
					...sharedBy(account, [], () => time.now()),
					look,
					clock: time,
				}),
				now: () => world.now,
				isGoingOn: () => world.goingOn,
				claim: (each) => void claimed.push(each),
			}),
		);
	return { call, asked, claimed, world, looks, time };
}
