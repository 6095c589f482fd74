import type { ApiFailure } from '../../nodes/Runflow/api/attempt';
import type { BatchOptions } from '../../nodes/Runflow/waiting/batch';
import { SubmitQueue } from '../../nodes/Runflow/waiting/submitQueue';
import { Tasks } from '../../nodes/Runflow/waiting/tasks';
import type { QueuedTask } from '../../nodes/Runflow/waiting/tasks';
import { refusal } from '../../lab/simulation/simulatedAccount';
import { VirtualTime } from '../../lab/simulation/virtualTime';

const START = 5_000_000;
const TIMEOUT_MS = 60_000;

function failureOf(code: string, retryAfter?: number): ApiFailure {
	const attempt = refusal(code, retryAfter);
	if (attempt.ok) throw new Error('A refusal is a failure');
	return attempt.failure;
}

const FULL = failureOf('TOO_MANY_IN_FLIGHT');

class Line {
	now = START;
	readonly queue: SubmitQueue;

	constructor(until: BatchOptions['until']) {
		const submit = async () => refusal('TOO_MANY_IN_FLIGHT');
		const items = Array.from({ length: 30 }, (_, index) => ({ index, job: { submit } }));
		const options: BatchOptions = { until, timeoutMs: TIMEOUT_MS, stopOnFailure: true };
		const time = new VirtualTime();
		const clock = {
			now: () => this.now,
			random: () => 0,
			stopped: () => false,
			sleep: async (ms: number) => await time.sleep(ms),
		};
		this.queue = new SubmitQueue(new Tasks(items, this.now).queued(), options, clock);
	}

	take(): QueuedTask {
		const task = this.queue.take();
		if (!task) throw new Error('Nothing is in line');
		return task;
	}

	refuse(underWay: number, failure = FULL): void {
		this.queue.refused(this.take(), failure, underWay, { triedAt: this.now, others: underWay });
	}
}

it('takes items in their order, and a refused one comes next again', () => {
	const { queue } = new Line('finished');
	const first = queue.take();
	expect(first?.task.index).toBe(0);
	if (first) queue.refused(first, FULL, 3, { triedAt: START, others: 3 });
	expect([queue.take()?.task.index, queue.take()?.task.index]).toEqual([0, 1]);
	expect(queue.close().map(({ task }) => task.index)).not.toContain(1);
	expect([queue.isEmpty, queue.readyAt(0)]).toEqual([true, Infinity]);
});

it('waits for a verdict instead of a time while some are under way', () => {
	const line = new Line('finished');
	line.refuse(5);
	expect(line.queue.readyAt(5)).toBe(Infinity);
	expect(line.queue.readyAt(4)).toBe(-Infinity);
});

it('when nobody watches: rests whatever is under way, then sends one, and one more for each accepted', () => {
	const line = new Line('accepted');
	expect([line.queue.readyAt(7), line.queue.readyAt(8)]).toEqual([-Infinity, Infinity]);
	line.refuse(5);
	expect([line.queue.readyAt(0), line.queue.readyAt(1)]).toEqual([START + 1_000, Infinity]);
	line.queue.accepted(1);
	expect([line.queue.readyAt(1), line.queue.readyAt(2)]).toEqual([START + 1_000, Infinity]);
});

it('counts what was accepted meanwhile as well as what finished meanwhile', () => {
	const line = new Line('finished');
	line.queue.refused(line.take(), FULL, 5, { triedAt: START, others: 2 });
	expect([line.queue.readyAt(4), line.queue.readyAt(5)]).toEqual([-Infinity, Infinity]);
	line.queue.refused(line.take(), FULL, 3, { triedAt: START + 1, others: 4 });
	expect([line.queue.readyAt(3), line.queue.readyAt(4)]).toEqual([-Infinity, Infinity]);
});

it.each([
	['nothing is under way', 0, FULL, 1_000],
	['the API names a time', 5, failureOf('TOO_MANY_IN_FLIGHT', 7), 7_000],
	['it is the rate that is too high', 5, failureOf('RATE_LIMITED'), 1_000],
	['the rate is too high for some time', 5, failureOf('RATE_LIMITED', 20), 20_000],
	['the API names a long time', 0, failureOf('TOO_MANY_IN_FLIGHT', 100_000), 100_000_000],
])('rests when %s', (_when, underWay, failure, restMs) => {
	const line = new Line('finished');
	line.refuse(underWay, failure);
	expect(line.queue.readyAt(0)).toBe(START + restMs);
});

it('rests longer each time in a row, up to 32 s, and counts a burst of answers once', () => {
	const line = new Line('accepted');
	const rests: number[] = [];
	for (let refusal = 0; refusal < 7; refusal++) {
		const sent = { triedAt: line.now, others: 0 };
		line.now += 100;
		line.queue.refused(line.take(), FULL, 0, sent);
		line.queue.refused(line.take(), FULL, 0, sent);
		rests.push((line.queue.readyAt(0) - line.now) / 1_000);
		line.now = line.queue.readyAt(0);
	}
	expect(rests).toEqual([1, 2, 4, 8, 16, 32, 32]);
	line.queue.accepted(0);
	line.refuse(0);
	expect(line.queue.readyAt(0) - line.now).toBe(1_000);
});

describe('waiting for the account to take more is pointless', () => {
	const NOT_PAUSED = -Infinity;

	it.each(['accepted', 'submitted', 'finished'] as const)(
		'until %s: when nothing moved for the whole timeout, nothing is under way and it must rest',
		(until) => {
			const line = new Line(until);
			line.take();
			line.now += 5_000;
			line.queue.accepted(1);
			const movedAt = line.now;
			line.now += 40_000;
			for (let refusal = 1; refusal <= 9; refusal++) line.refuse(0);
			expect(line.queue.givesUpAt(0, NOT_PAUSED)).toBe(movedAt + TIMEOUT_MS);
			expect(line.queue.givesUpAt(1, NOT_PAUSED)).toBe(Infinity);
			line.queue.finished();
			expect(line.queue.givesUpAt(0, NOT_PAUSED)).toBe(line.now + TIMEOUT_MS);
		},
	);

	it('also when all requests rest, and nothing was refused', () => {
		const line = new Line('finished');
		expect(line.queue.givesUpAt(0, START + 1)).toBe(START + TIMEOUT_MS);
		expect(line.queue.givesUpAt(0, START)).toBe(Infinity);
		line.queue.close();
		expect(line.queue.givesUpAt(0, START + 1)).toBe(Infinity);
	});

	it('never while it may submit', () => {
		const line = new Line('finished');
		line.refuse(0);
		line.now += 10 * TIMEOUT_MS;
		expect(line.queue.givesUpAt(0, NOT_PAUSED)).toBe(Infinity);
	});
});
