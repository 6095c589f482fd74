import type { ApiFailure } from '../../nodes/Runflow/api/attempt';
import type { BatchOptions, Task } from '../../nodes/Runflow/waiting/batch';
import { Intake } from '../../nodes/Runflow/waiting/intake';
import { Progress } from '../../nodes/Runflow/waiting/progress';
import { refusal } from '../../lab/simulation/simulatedAccount';
import { VirtualTime } from '../../lab/simulation/virtualTime';

const TIMEOUT_MS = 60_000;

function failureOf(code: string, retryAfter?: number): ApiFailure {
	const attempt = refusal(code, retryAfter);
	if (attempt.ok) throw new Error('A refusal is a failure');
	return attempt.failure;
}

const FULL = failureOf('TOO_MANY_IN_FLIGHT');

class Line {
	now = 0;
	readonly intake: Intake;

	constructor(until: BatchOptions['until']) {
		const items = Array.from({ length: 30 }, (_, index) => ({ index }));
		const options: BatchOptions = { until, timeoutMs: TIMEOUT_MS, stopOnFailure: true };
		const time = new VirtualTime();
		const clock = {
			now: () => this.now,
			random: () => 0,
			stopped: () => false,
			sleep: async (ms: number) => await time.sleep(ms),
		};
		this.intake = new Intake(new Progress(items, 0).tasks, options, clock);
	}

	take(): Task {
		const task = this.intake.take();
		if (!task) throw new Error('Nothing is in line');
		return task;
	}

	refuse(underWay: number, failure = FULL): void {
		this.intake.refused(this.take(), failure, underWay, { at: this.now, besides: underWay });
	}
}

it('takes items in their order, and a refused one comes next again', () => {
	const { intake } = new Line('finished');
	const first = intake.take();
	expect(first?.index).toBe(0);
	if (first) intake.refused(first, FULL, 3, { at: 0, besides: 3 });
	expect([intake.take()?.index, intake.take()?.index]).toEqual([0, 1]);
	expect(intake.close().map(({ index }) => index)).not.toContain(1);
	expect([intake.isEmpty, intake.readyAt(0)]).toEqual([true, Infinity]);
});

it('waits for a verdict instead of a time while some are under way', () => {
	const line = new Line('finished');
	line.refuse(5);
	expect(line.intake.readyAt(5)).toBe(Infinity);
	expect(line.intake.readyAt(4)).toBe(-Infinity);
});

it('counts what was accepted meanwhile as well as what finished meanwhile', () => {
	const line = new Line('finished');
	line.intake.refused(line.take(), FULL, 5, { at: 0, besides: 2 });
	expect([line.intake.readyAt(4), line.intake.readyAt(5)]).toEqual([-Infinity, Infinity]);
	line.intake.refused(line.take(), FULL, 3, { at: 1, besides: 4 });
	expect([line.intake.readyAt(3), line.intake.readyAt(4)]).toEqual([-Infinity, Infinity]);
});

it.each([
	['nothing is under way', 0, FULL, 1_000],
	['the API names a time', 5, failureOf('TOO_MANY_IN_FLIGHT', 7), 7_000],
	['it is the rate that is too high', 5, failureOf('RATE_LIMITED'), 1_000],
	['the rate is too high for some time', 5, failureOf('RATE_LIMITED', 20), 20_000],
	['the API names an absurd time', 0, failureOf('TOO_MANY_IN_FLIGHT', 100_000), 1_000],
])('rests when %s', (_when, underWay, failure, restMs) => {
	const line = new Line('finished');
	line.refuse(underWay, failure);
	expect(line.intake.readyAt(0)).toBe(restMs);
});

it('rests longer each time in a row, up to 32 s, and counts a burst of answers once', () => {
	const line = new Line('accepted');
	const rests: number[] = [];
	for (let refusal = 0; refusal < 7; refusal++) {
		const sent = { at: line.now, besides: 0 };
		line.now += 100;
		line.intake.refused(line.take(), FULL, 0, sent);
		line.intake.refused(line.take(), FULL, 0, sent);
		rests.push((line.intake.readyAt(0) - line.now) / 1_000);
		line.now = line.intake.readyAt(0);
	}
	expect(rests).toEqual([1, 2, 4, 8, 16, 32, 32]);
	line.intake.accepted(0);
	line.refuse(0);
	expect(line.intake.readyAt(0) - line.now).toBe(1_000);
});

describe('waiting for the account to take more is pointless', () => {
	it('when it only submits, and five in a row were refused from the start', () => {
		const line = new Line('accepted');
		for (let refusal = 1; refusal <= 4; refusal++) line.refuse(0);
		expect(line.intake.isHopeless(0)).toBe(false);
		line.refuse(0);
		expect(line.intake.isHopeless(0)).toBe(true);
	});

	it.each(['accepted', 'submitted', 'finished'] as const)(
		'until %s: when something was accepted, but nothing moved for the whole timeout',
		(until) => {
			const line = new Line(until);
			line.take();
			line.now = 5_000;
			line.intake.accepted(1);
			for (let refusal = 1; refusal <= 9; refusal++) line.refuse(0);
			line.now = 5_000 + TIMEOUT_MS - 1;
			expect(line.intake.isHopeless(0)).toBe(false);
			line.now += 1;
			expect(line.intake.isHopeless(0)).toBe(true);
			expect(line.intake.isHopeless(1)).toBe(false);
			line.intake.finished();
			expect(line.intake.isHopeless(0)).toBe(false);
		},
	);

	it('never without a refusal', () => {
		const line = new Line('finished');
		line.now = 10 * TIMEOUT_MS;
		expect(line.intake.isHopeless(0)).toBe(false);
	});
});
