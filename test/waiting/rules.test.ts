import { Durations } from '../../nodes/Runflow/waiting/durations';
import { durationBetween, isFinished, nextLookMs } from '../../nodes/Runflow/waiting/rules';
import { DURATIONS, seeded } from '../../lab/simulation/simulate';

const NONE = new Durations();

/** Ages at the looks until something that takes `durationMs` is found finished. */
function looksAt(durationMs: number, durations = NONE, random = () => 0): number[] {
	const ages = [nextLookMs(0, durations, random())];
	for (let age = ages[0] ?? 0; age < durationMs; age = ages.at(-1) ?? 0) {
		ages.push(age + nextLookMs(age, durations, random()));
	}
	return ages;
}

function known(...durationsMs: number[]): Durations {
	const durations = new Durations();
	for (const ms of durationsMs) durations.add(ms);
	return durations;
}

it.each([
	['completed', true],
	['failed', true],
	['pending', false],
	['running', false],
	['archived', false],
	['Completed', false],
	['', false],
])('status "%s" is final: %s', (status_code, final) => {
	expect(isFinished({ id: 'e', status_code })).toBe(final);
});

describe('an evaluation alone', () => {
	it('is looked at after a second, then at growing intervals up to 15 s', () => {
		const ages = looksAt(120_000);
		const intervals = ages.map((age, index) => Math.round(age - (ages[index - 1] ?? 0)));
		expect(ages.slice(0, 4).map(Math.round)).toEqual([1_000, 2_000, 3_300, 5_445]);
		expect(intervals.every((ms, index) => ms >= (intervals[index - 1] ?? 0))).toBe(true);
		expect(Math.max(...intervals)).toBe(15_000);
	});

	it.each([
		[20_000, 7],
		[40_000, 8],
		[50_000, 9],
		[60_000, 10],
	])('that takes %d ms costs at most %d looks', (durationMs, most) => {
		for (let seed = 1; seed <= 50; seed++) {
			expect(looksAt(durationMs, NONE, seeded(seed)).length).toBeLessThanOrEqual(most);
		}
	});

	it('is looked at with a little jitter', () => {
		const [early, late] = [nextLookMs(0, NONE, 0), nextLookMs(0, NONE, 1)];
		expect([early, late]).toEqual([1_000, 1_100]);
		expect(nextLookMs(60_000, NONE, 1)).toBe(15_250);
	});
});

it('one of many is looked at after four seconds, then at intervals of its age, until durations are known', () => {
	expect([0, 4_000, 8_000, 16_000].map((age) => nextLookMs(age, NONE, 0, true))).toEqual([
		4_000, 4_000, 8_000, 15_000,
	]);
	expect(nextLookMs(0, known(9_000, 9_000, 9_000), 0, true)).toBe(9_000);
});

describe('an evaluation in a batch', () => {
	it.each([
		['before any is likely to be finished', 0, 20_000],
		['soon, when the first is due', 20_500, 615],
		['soon, when all others were faster', 60_000, 6_000],
		['less and less often, when it takes far longer', 100_000, 15_000],
		['not for half a minute at most', 300_000, 30_000],
	])('is looked at %s', (_when, age, expected) => {
		const durations = known(20_000, 21_000, 22_000, 23_000, 24_000, 25_000, 50_000);
		expect(Math.round(nextLookMs(age, durations, 0))).toBe(expected);
	});

	it('knows nothing from two others, and never looks more than five times a second', () => {
		expect(nextLookMs(0, known(9_000, 9_000), 0)).toBe(1_000);
		expect(nextLookMs(0, known(9_000, 9_000, 9_000), 0)).toBe(9_000);
		expect(nextLookMs(9, known(10, 11, 12), 0)).toBe(200);
	});

	it.each(['uniform', 'lognormal'] as const)(
		'costs about seven looks and is seen within a tenth of its time: %s',
		(kind) => {
			const drawMs = DURATIONS[kind](40_000, 3);
			const durations = known(...Array.from({ length: 64 }, (_, index) => drawMs(index)));
			let looks = 0;
			let late = 0;
			for (let index = 100; index < 600; index++) {
				const ages = looksAt(drawMs(index), durations, seeded(index));
				looks += ages.length / 500;
				late += ((ages.at(-1) ?? 0) - drawMs(index)) / drawMs(index) / 500;
			}
			expect(looks).toBeGreaterThan(5);
			expect(looks).toBeLessThan(7.5);
			expect(late).toBeLessThan(0.1);
		},
	);
});

describe('how long an evaluation took', () => {
	const toldMs = (ms: number) => ({
		id: 'e',
		status_code: 'completed',
		submitted_at: '2026-01-01T00:00:00+00:00',
		completed_at: new Date(Date.UTC(2026, 0, 1) + ms).toISOString(),
	});

	it.each([
		['what the API tells', toldMs(5_500), 5_500],
		['half way, when that is before the last look', toldMs(1_000), 5_000],
		['half way, when that is after this look', toldMs(6_500), 5_000],
		['half way, when it tells nothing', { id: 'e', status_code: 'completed' }, 5_000],
		['unknown, when it was accepted long before', toldMs(60_000), undefined],
	])('is %s', (_what, evaluation, expected) => {
		expect(durationBetween(4_000, 6_000, evaluation)).toBe(expected);
	});
});

it('only the last 64 durations count', () => {
	const durations = known(...Array.from({ length: 64 }, () => 90_000), 1_000, 2_000);
	expect(durations.size).toBe(64);
	expect(durations.momentAfter(0, 1 / 64)).toBe(1_000);
	for (let index = 0; index < 62; index++) durations.add(3_000);
	expect(durations.longest).toBe(3_000);
	expect(durations.momentAfter(3_000, 0.5)).toBeUndefined();
});

it.each([
	['canceled', '2026-07-01T10:00:00Z', true],
	['expired', '2026-07-01T10:00:00+00:00', true],
	['running', '2026-07-01T10:00:00Z', false],
	['canceled', 'soon', false],
])('status "%s" with the completion %s is final: %s', (status_code, completed_at, final) => {
	expect(isFinished({ id: 'e', status_code, completed_at })).toBe(final);
});
