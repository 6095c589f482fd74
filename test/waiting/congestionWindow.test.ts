import { CongestionWindow } from '../../nodes/Runflow/waiting/congestionWindow';

/** An account whose evaluations finish one after the other, and what the window sends it. */
class Turns {
	readonly window = new CongestionWindow();
	open = 0;
	refusals = 0;

	constructor(public cap: number) {}

	/** Submits while the window and the account allow it. */
	fill(): void {
		while (this.open < this.window.size) {
			if (this.open >= this.cap) {
				this.refusals += 1;
				this.window.refused(this.open, true);
				return;
			}
			this.open += 1;
			this.window.accepted(this.open);
		}
	}

	finish(count: number): void {
		for (let done = 0; done < count; done++) {
			this.open -= 1;
			this.window.finished();
			this.fill();
		}
	}
}

it('starts moderate and grows as long as the account accepts', () => {
	const turns = new Turns(10_000);
	expect(turns.window.size).toBe(8);
	for (const open of [1, 2, 3, 4]) turns.window.accepted(open);
	expect(turns.window.size).toBe(8);
	turns.window.accepted(8);
	expect(turns.window.size).toBe(12);
	turns.window.accepted(100);
	expect(turns.window.size).toBe(120);
	turns.fill();
	expect(turns.window.size).toBe(1_000);
});

it.each([1, 5, 20, 100])('finds a limit of %d and seldom tries beyond it', (cap) => {
	const turns = new Turns(cap);
	turns.fill();
	expect([turns.window.size, turns.refusals]).toEqual([cap, 1]);
	turns.finish(100 * cap);
	expect(turns.open).toBe(cap);
	expect(turns.refusals).toBeLessThanOrEqual(5 + (100 * cap) / Math.max(10, 4 * cap));
});

it('answers to what was sent before a refusal only shrink it', () => {
	const window = new CongestionWindow();
	for (let open = 1; open <= 20; open++) window.accepted(open);
	window.refused(22, true);
	window.refused(21, false);
	window.refused(20, false);
	window.refused(22, false);
	expect(window.size).toBe(20);
	for (let finish = 0; finish < 22; finish++) window.finished();
	expect(window.size).toBe(21);
});

it.each([
	[5, 50, 260],
	[20, 40, 300],
	[1, 20, 80],
])('a limit raised from %d to %d is found within %d verdicts', (cap, raised, verdicts) => {
	const turns = new Turns(cap);
	turns.fill();
	turns.finish(20 * cap);
	turns.cap = raised;
	turns.finish(verdicts);
	expect(turns.open).toBeGreaterThanOrEqual(0.9 * raised);
});

it('follows a limit that is lowered, with one refusal for each', () => {
	const turns = new Turns(20);
	turns.fill();
	turns.cap = 5;
	turns.finish(15);
	expect(turns.window.size).toBe(5);
	expect(turns.refusals).toBeLessThanOrEqual(17);
});

it('searches anew after the account was full of the evaluations of others', () => {
	const window = new CongestionWindow();
	for (let failure = 0; failure < 6; failure++) window.refused(0, true);
	expect(window.size).toBe(1);
	window.accepted(1);
	window.accepted(5);
	expect(window.size).toBe(9);
});
