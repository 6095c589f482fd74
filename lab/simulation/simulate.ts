import type {
	BatchItem,
	BatchOptions,
	Job,
	Look,
	Outcome,
} from '../../nodes/Runflow/waiting/batch';
import { runBatch } from '../../nodes/Runflow/waiting/scheduler';
import { SimulatedAccount } from './simulatedAccount';
import type { AccountOptions } from './simulatedAccount';
import { VirtualTime } from './virtualTime';

export interface Simulation {
	account: SimulatedAccount;
	outcomes: Map<number, Outcome>;
	/** Virtual milliseconds from start to end. */
	elapsedMs: number;
	/** How each item ended, in the order of the items. */
	kinds: Array<Outcome['kind'] | 'none'>;
	/** Requests that had no answer when the batch ended. */
	unanswered: number;
	/** The most requests within any second. */
	mostPerSecond: number;
}

/** With an id it exists before the batch starts. */
interface ItemOfScenario {
	index: number;
	id?: string;
}

export interface Scenario {
	/** A number of items to submit, or items. */
	items: number | ItemOfScenario[];
	account?: Partial<AccountOptions>;
	options?: Partial<BatchOptions>;
	/** Arranges what happens meanwhile. */
	plan?: (time: VirtualTime, account: SimulatedAccount) => void;
	/** Virtual milliseconds that pass after the end, to see what still happens. */
	afterMs?: number;
}

/** Runs a batch on a simulated account in virtual time. */
export async function simulate(scenario: Scenario): Promise<Simulation> {
	const { items: given, afterMs = 0 } = scenario;
	const items: ItemOfScenario[] =
		typeof given === 'number' ? Array.from({ length: given }, (_, index) => ({ index })) : given;
	const time = new VirtualTime();
	const account = new SimulatedAccount(time, scenario.account);
	scenario.plan?.(time, account);
	const options: BatchOptions = {
		until: 'finished',
		timeoutMs: 600_000,
		stopOnFailure: true,
		...scenario.options,
	};
	const batch = items.map(({ index, id }) => batchItem(account, index, id));
	const look: Look = async (id, timeoutMs) => await account.look(id, timeoutMs);
	const outcomes = await time.during(runBatch(batch, look, options, time));
	const elapsedMs = time.elapsed();
	const { unanswered } = account;
	if (afterMs > 0) await time.during(time.sleep(afterMs));
	return {
		account,
		outcomes,
		elapsedMs,
		unanswered,
		kinds: items.map(({ index }) => outcomes.get(index)?.kind ?? 'none'),
		mostPerSecond: mostWithin(1_000, account.requests),
	};
}

function batchItem(account: SimulatedAccount, index: number, id?: string): BatchItem {
	const job: Job = id === undefined ? { submit: async () => await account.submit(index) } : { id };
	return { index, job, fetchDetails: account.fetchDetails };
}

/** How many items ended in this way. */
export function count(simulation: Simulation, kind: Outcome['kind']): number {
	return simulation.kinds.filter((each) => each === kind).length;
}

/** When the last submit was sent. */
export function lastSubmitAt({ account }: Simulation): number {
	return account.requests.filter(({ kind }) => kind === 'submit').at(-1)?.at ?? 0;
}

/** The largest number of requests in any stretch of that length. */
export function mostWithin(ms: number, requests: Array<{ at: number }>): number {
	let most = 0;
	let first = 0;
	for (const [last, { at }] of requests.entries()) {
		while (at - (requests[first]?.at ?? at) >= ms) first += 1;
		most = Math.max(most, last - first + 1);
	}
	return most;
}

/** Numbers from 0 to 1, the same for the same seed (Park and Miller). */
export function seeded(seed: number): () => number {
	let state = (seed * 7_919 + 1) % 2_147_483_647;
	return () => {
		state = (state * 48_271) % 2_147_483_647;
		return state / 2_147_483_647;
	};
}

/** Durations around a mean: all equal, spread evenly from half to one and a half, or with a long tail. */
export const DURATIONS = {
	fixed: (meanMs: number) => () => meanMs,
	uniform: (meanMs: number, seed: number) => drawn(seed, (draw) => meanMs * (0.5 + draw())),
	lognormal: (meanMs: number, seed: number) =>
		drawn(seed, (draw) => {
			const normal = Math.sqrt(-2 * Math.log(draw())) * Math.cos(2 * Math.PI * draw());
			return meanMs * Math.exp(0.5 * normal - 0.125);
		}),
};

function drawn(seed: number, next: (draw: () => number) => number): (index: number) => number {
	const draw = seeded(seed);
	draw();
	const known: number[] = [];
	return (index) => {
		while (known.length <= index) known.push(next(draw));
		return known[index] ?? 0;
	};
}
