import { Ordinals } from '../../nodes/Runflow/billing/ordinals';
import type { Ordinal, TimesAsked } from '../../nodes/Runflow/billing/ordinals';
import { seeded } from '../../lab/simulation/simulate';

const LONG = 'twenty characters...';

/** What rounds of one node are asked, each in one string; `-` for one that does not come to it. */
function loop(rounds: string[], asked: TimesAsked = {}, from = 0): string[] {
	return rounds.map((batch, run) => {
		const ordinals = new Ordinals(asked, { node: 'node', run: run + from });
		return numbers([...batch].map((question) => ordinals.own(question)));
	});
}

function numbers(ordinals: Ordinal[]): string {
	return ordinals.map(({ round, index }) => `${round}.${index}`).join(' ');
}

describe('what a Retry finds again after a crash, which forgets all', () => {
	it('a question of one round, wherever its batch stands', () => {
		expect(loop(['AB', 'CD', 'EF'])).toEqual(['0.0 0.0', '0.0 0.0', '0.0 0.0']);
		expect(loop(['BC', 'DE', 'F'])).toEqual(['0.0 0.0', '0.0 0.0', '0.0']);
	});

	it('an image that was made again, however often it was asked for before', () => {
		expect(loop(['AA', 'A'])).toEqual(['0.0 0.1', '1.0']);
		expect(loop(['A', 'A'])).toEqual(['0.0', '1.0']);
		expect(loop(['AAA', 'BA', 'AB'])).toEqual(['0.0 0.1 0.2', '0.0 1.0', '2.0 1.0']);
	});

	it('that the first round to ask for an image is the first, and no later one is', () => {
		expect(loop(['A', 'A', 'A'])).toEqual(['0.0', '1.0', '2.0']);
		expect(loop(['B', 'A', 'A'])).toEqual(['0.0', '0.0', '1.0']);
	});
});

describe('what a Retry finds again with what n8n has kept', () => {
	it('its round, from the start', () => {
		const asked: TimesAsked = {};
		expect(loop(['A', 'AA'], asked)).toEqual(['0.0', '1.0 1.1']);
		expect(loop(['AA', 'A'], asked, 1)).toEqual(['1.0 1.1', '2.0']);
		expect(asked).toEqual({ 'node|0': { A: 1 }, 'node|1': { A: 1 }, 'node|2': { A: 1 } });
	});

	it('no turn of a round that asks for other images now', () => {
		const asked: TimesAsked = {};
		expect(loop(['A', 'A'], asked)).toEqual(['0.0', '1.0']);
		expect(loop(['B', 'A'], asked, 1)).toEqual(['0.0', '2.0']);
	});

	it('the same where a round runs again that others came after', () => {
		const asked: TimesAsked = {};
		expect(loop(['A', 'B', 'A'], asked)).toEqual(['0.0', '0.0', '1.0']);
		expect(loop(['A'], asked)).toEqual(['0.0']);
		expect(loop(['A'], asked, 1)).toEqual(['1.0']);
	});

	/** A loop of random batches over few questions, each cut off at a random place and tried again. */
	it.each([1, 2, 3, 4, 5])('what was cut off (%i)', (seed) => {
		const draw = seeded(seed);
		const asked: TimesAsked = {};
		const seen: string[] = [];
		for (let run = 0; run < 6; run++) {
			const batch = Array.from({ length: 5 }, () => 'ABCD'[Math.floor(draw() * 4)]);
			const ask = (rows: typeof batch) => {
				const ordinals = new Ordinals(asked, { node: 'node', run });
				return rows.map((each = '') => `${each} ${numbers([ordinals.own(each)])}`);
			};
			const cutOff = ask(batch.slice(0, Math.floor(draw() * 5)));
			const again = ask(batch);
			expect(again.slice(0, cutOff.length)).toEqual(cutOff);
			seen.push(...again);
		}
		expect(new Set(seen).size).toBe(30);
	});
});

it('a node counts its own rounds, whatever others ask and are called', () => {
	const asked: TimesAsked = { 'node|0': { A: 1 }, 'node|1|0': { A: 1 }, 'x|0': { A: 1 } };
	const own = (node: string, run: number) => new Ordinals(asked, { node, run }).own('A');
	expect(own('node', 1)).toEqual({ node: 'node', round: 1, index: 0 });
	expect(own('node|1', 1)).toEqual({ node: 'node|1', round: 1, index: 0 });
	expect(own('new', 0)).toEqual({ node: 'new', round: 0, index: 0 });
});

it('who shares a key counts the rounds of all nodes, and each as one question', () => {
	const asked: TimesAsked = { 'other|0': { A: 1 }, 'other|1': { B: 1 } };
	const share = (run: number) => {
		const ordinals = new Ordinals(asked, { node: 'node', run });
		return ['A', 'A', 'C'].map((each) => ordinals.shared(each));
	};
	const [zero, one, two] = [0, 1, 2].map((round) => ({ round, index: 0 }));
	expect([share(0), share(1)]).toEqual([
		[one, one, zero],
		[two, two, one],
	]);
	expect(share(0)).toEqual([one, one, zero]);
	const ordinals = new Ordinals(asked, { node: 'node', run: 2 });
	ordinals.shared('A');
	expect(ordinals.own('A')).toEqual({ node: 'node', round: 2, index: 0 });
});

it('tells questions apart by their first twenty characters', () => {
	const asked: TimesAsked = {};
	const ordinals = new Ordinals(asked, { node: 'node', run: 0 });
	const all = [`${LONG}1`, `${LONG}2`, `${LONG.slice(0, 19)}!`].map((each) => ordinals.own(each));
	expect(numbers(all)).toBe('0.0 0.1 0.0');
	expect(asked).toEqual({ 'node|0': { [LONG]: 1, [`${LONG.slice(0, 19)}!`]: 1 } });
});

describe('a tool', () => {
	it('asks the same question until it was answered, in all its calls', () => {
		const asked: TimesAsked = {};
		const call = () => new Ordinals(asked, { node: 'tool' });
		const ask = () => numbers(['A', 'A', 'B'].map((each) => call().own(each)));
		expect(ask()).toBe('0.0 0.0 0.0');
		call().answered('A');
		call().answered('A');
		call().answered(`${LONG}1`);
		expect(ask()).toBe('2.0 2.0 0.0');
		expect(numbers([call().own(LONG)])).toBe('1.0');
		expect(asked).toEqual({ 'tool|': { A: 2, [LONG]: 1 } });
	});

	it('shares what others share, answered or not', () => {
		const asked: TimesAsked = { 'node|0': { A: 1 } };
		const tool = new Ordinals(asked, { node: 'tool' });
		tool.answered('A');
		expect([tool.shared('A'), tool.shared('B')]).toEqual([
			{ round: 1, index: 0 },
			{ round: 0, index: 0 },
		]);
		expect(asked['tool|']).toEqual({ A: 1 });
	});
});

it('a batch that asks nothing leaves no trace, and an answer to a node that is no tool none', () => {
	const asked: TimesAsked = {};
	new Ordinals(asked, { node: 'node', run: 0 }).answered('A');
	expect(asked).toEqual({});
});
