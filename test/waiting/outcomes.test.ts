import type { Attempt } from '../../nodes/Runflow/api/attempt';
import type { Evaluation } from '../../nodes/Runflow/api/types';
import type { AccountMemory, BatchItem } from '../../nodes/Runflow/waiting/batch';
import { runBatch } from '../../nodes/Runflow/waiting/scheduler';
import { count, DURATIONS, simulate } from '../../lab/simulation/simulate';
import { answered, CONNECTION_LOST } from '../../lab/simulation/simulatedAccount';
import { VirtualTime } from '../../lab/simulation/virtualTime';

const SECOND = 1_000;

const uniform = DURATIONS.uniform(40 * SECOND, 5);

describe('every item has an outcome', () => {
	it.each([
		['while submits are under way', 0.02, ['failed', 'failed', 'failed']],
		['before anything', 0, ['notSubmitted', 'notSubmitted', 'notSubmitted']],
		['while evaluations are open', 5, ['failed', 'failed', 'failed']],
	])('when the user stops %s', async (_when, seconds, expected) => {
		const { kinds, outcomes } = await simulate({
			items: 3,
			account: { roundTripMs: seconds === 0.02 ? 2 * SECOND : 100 },
			plan: (time) => (seconds === 0 ? time.stop() : time.at(seconds * SECOND, () => time.stop())),
		});
		expect(kinds).toEqual(expected);
		const ids = [...outcomes.values()].map((outcome) => ('id' in outcome ? outcome.id : undefined));
		expect(ids).toEqual(seconds === 5 ? ['e0', 'e1', 'e2'] : [undefined, undefined, undefined]);
	});

	it('with its verdict, when it was there and only its details were not', async () => {
		const { kinds } = await simulate({
			items: 1,
			account: {
				durationMs: () => 2 * SECOND,
				details: () => answered(500),
			},
			plan: (time) => time.at(6 * SECOND, () => time.stop()),
		});
		expect(kinds).toEqual(['done']);
	});

	it('with its verdict, when the answer with the details is from before it', async () => {
		const { outcomes } = await simulate({
			items: 1,
			account: {
				durationMs: () => 2 * SECOND,
				details: (id) => ({ ok: true, value: { id, status_code: 'running' } }),
			},
		});
		expect(outcomes.get(0)).toMatchObject({ evaluation: { status_code: 'completed' } });
	});

	it('when the clock itself breaks', async () => {
		const clock = new VirtualTime();
		clock.sleep = async () => await Promise.reject(new Error('No timers left'));
		const submit = async (): Promise<Attempt<Evaluation>> => await new Promise(() => {});
		const items = [0, 1].map((index) => ({ index, job: { submit } }));
		const options = { until: 'finished', timeoutMs: SECOND, stopOnFailure: true } as const;
		const outcomes = await runBatch(items, submit, options, clock);
		expect([...outcomes.values()].map(({ kind }) => kind)).toHaveLength(2);
	});
});

describe('what throws costs its own item only', () => {
	async function runWith(faulty: Partial<BatchItem['job']>, look: () => Attempt<Evaluation>) {
		const time = new VirtualTime();
		const accept = (id: string) => async (): Promise<Attempt<Evaluation>> => ({
			ok: true,
			value: { id, status_code: 'pending' },
		});
		const items: BatchItem[] = ['a', 'b', 'c'].map((id, index) => ({
			index,
			job: index === 1 ? { submit: accept(id), ...faulty } : { submit: accept(id) },
		}));
		const done = async (id: string): Promise<Attempt<Evaluation>> =>
			id === 'b' ? look() : { ok: true, value: { id, status_code: 'completed' } };
		const options = { until: 'finished', timeoutMs: 60 * SECOND, stopOnFailure: true } as const;
		const outcomes = await time.during(runBatch(items, done, options, time));
		return [...outcomes.values()];
	}

	const finished = (): Attempt<Evaluation> => ({
		ok: true,
		value: { id: 'b', status_code: 'completed' },
	});

	it('a submit', async () => {
		const submit = async () => await Promise.reject(new TypeError('No such file'));
		const outcomes = await runWith({ submit }, finished);
		expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'failed', 'done']);
	});

	it('a look, which is repeated until the deadline', async () => {
		const outcomes = await runWith({}, () => {
			throw new TypeError('Cannot convert object to primitive value');
		});
		expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'timedOut', 'done']);
		expect(outcomes[1]).toMatchObject({ id: 'b' });
	});

	it('an answer that cannot be worked with, which keeps its id', async () => {
		const poisoned: Evaluation = { id: 'b', status_code: 'completed' };
		Object.defineProperty(poisoned, 'completed_at', {
			get: () => {
				throw new TypeError('Cannot convert object to primitive value');
			},
		});
		const outcomes = await runWith({}, () => ({ ok: true, value: poisoned }));
		expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'failed', 'done']);
		expect(outcomes[1]).toMatchObject({ id: 'b' });
	});

	it('times that are no text', async () => {
		const strange: Evaluation = {
			id: 'b',
			status_code: 'completed',
			completed_at: { toString: 1 },
		};
		const outcomes = await runWith({}, () => ({ ok: true, value: strange }));
		expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'done', 'done']);
	});
});

describe('accepted ids', () => {
	it('are told as they come, one by one, also those whose answer came too late', async () => {
		const told: string[] = [];
		const { account } = await simulate({
			items: 5,
			account: {
				roundTripMs: 90 * SECOND,
				durationMs: () => SECOND,
			},
			options: {
				timeoutMs: 100 * SECOND,
				onAccepted: (index, { id }) => told.push(`${index}:${id}`),
			},
			afterMs: 120 * SECOND,
		});
		expect([...new Set(told)].sort()).toEqual(['0:e0', '1:e1', '2:e2', '3:e3', '4:e4']);
		expect(account.finishesAt.size).toBe(5);
	});

	it('are told also when that throws', async () => {
		const { kinds } = await simulate({
			items: 2,
			account: { durationMs: () => SECOND },
			options: {
				onAccepted: () => {
					throw new Error('The log is full');
				},
			},
		});
		expect(kinds).toEqual(['done', 'done']);
	});
});

describe('what a batch learns of the account', () => {
	it('is of use to the next one: no search, fewer looks', async () => {
		const memory: AccountMemory = { durationsMs: [] };
		const run = async () =>
			await simulate({
				items: 100,
				account: { inFlightCap: 20, durationMs: uniform },
				options: { memory },
			});
		const first = await run();
		expect(memory.inFlightLimit).toBeGreaterThanOrEqual(19);
		expect(memory.inFlightLimit).toBeLessThanOrEqual(21);
		expect(memory.durationsMs).toHaveLength(64);
		const second = await run();
		expect(count(second, 'done')).toBe(100);
		expect(second.account.refusals).toBeLessThan(first.account.refusals);
		expect(second.account.looks).toBeLessThan(first.account.looks);
		expect(second.elapsedMs).toBeLessThanOrEqual(first.elapsedMs * 1.02);
	});

	it('of other work delays a verdict by no more than its own age', async () => {
		const memory: AccountMemory = { durationsMs: Array(64).fill(60 * SECOND) };
		const { elapsedMs } = await simulate({
			items: 1,
			account: { durationMs: () => 4 * SECOND },
			options: { memory },
		});
		expect(elapsedMs).toBeLessThan(8 * SECOND);
	});

	it('is a larger limit, when the account takes more now', async () => {
		const memory: AccountMemory = { inFlightLimit: 2, durationsMs: [] };
		const { elapsedMs } = await simulate({
			items: 200,
			account: { inFlightCap: 40, durationMs: () => 20 * SECOND },
			options: { memory },
		});
		expect(memory.inFlightLimit).toBeGreaterThan(10);
		expect(elapsedMs).toBeLessThan(600 * SECOND);
	});
});

describe('parking', () => {
	it('waits for a submit that is to be repeated: it may be accepted', async () => {
		const { kinds } = await simulate({
			items: 3,
			account: { submitFault: (_index, submit) => (submit === 3 ? CONNECTION_LOST : undefined) },
			options: { until: 'submitted' },
		});
		expect(kinds).toEqual(['open', 'open', 'open']);
	});
});

it('a look that was refused for good is not repeated, and one of an evaluation seen before is', async () => {
	const strange = await simulate({
		items: [{ index: 0, id: 'e0' }],
		account: { lookFault: () => answered(422) },
	});
	expect(strange.kinds).toEqual(['failed']);
	expect(strange.account.looks).toBe(1);
	const own = await simulate({
		items: 20,
		account: {
			durationMs: () => 20 * SECOND,
			lookFault: (_id, look) => (look === 7 ? answered(405) : undefined),
		},
	});
	expect(count(own, 'done')).toBe(20);
});

it('a batch of 10,000 that is answered at once gives control back after a few requests', async () => {
	const time = new VirtualTime();
	let sentInOneGo = 0;
	let most = 0;
	const sleep = time.sleep.bind(time);
	time.sleep = async (ms) => {
		sentInOneGo = 0;
		await sleep(ms);
	};
	const submit = async (): Promise<Attempt<Evaluation>> => {
		most = Math.max(most, ++sentInOneGo);
		return { ok: true, value: { id: 'e', status_code: 'pending' } };
	};
	const items = Array.from({ length: 10_000 }, (_, index) => ({ index, job: { submit } }));
	const options = { until: 'accepted', timeoutMs: SECOND, stopOnFailure: true } as const;
	const outcomes = await time.during(runBatch(items, submit, options, time));
	expect(outcomes.size).toBe(10_000);
	expect(most).toBeLessThanOrEqual(12);
});
