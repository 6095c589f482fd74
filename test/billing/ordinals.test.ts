import { Ordinals } from '../../nodes/Runflow/billing/ordinals';
import type { TimesAsked } from '../../nodes/Runflow/billing/ordinals';

const LONG = 'twenty characters...';

it('counts each question by its first twenty characters', () => {
	const asked: TimesAsked = {};
	const ordinals = new Ordinals(asked, 'node|0', false);
	expect([ordinals.ask('a'), ordinals.ask('a'), ordinals.ask('b')]).toEqual([0, 1, 0]);
	expect([ordinals.ask(`${LONG}1`), ordinals.ask(`${LONG}2`)]).toEqual([0, 1]);
	expect(ordinals.ask(`${LONG.slice(0, 19)}!`)).toBe(0);
	const last = `${LONG.slice(0, 19)}!`;
	expect(asked).toEqual({ 'node|0': { a: 2, b: 1, [LONG]: 2, [last]: 1 } });
});

it('a run counts anew with its first question, and one that asks nothing forgets nothing', () => {
	const asked: TimesAsked = { 'node|0': { a: 2, b: 1 } };
	const ordinals = new Ordinals(asked, 'node|0', false);
	expect(ordinals.earlier('a')).toBe(0);
	expect(asked).toEqual({ 'node|0': { a: 2, b: 1 } });
	expect([ordinals.ask('a'), ordinals.ask('a')]).toEqual([0, 1]);
	expect(asked).toEqual({ 'node|0': { a: 2 } });
});

it('counts what all other places asked before', () => {
	const asked: TimesAsked = {
		'node|0': { a: 2, [LONG]: 1 },
		'node|1': { a: 3 },
		'node|2': { a: 4 },
	};
	const ordinals = new Ordinals(asked, 'node|2', false);
	expect(ordinals.earlier('a')).toBe(5);
	expect(ordinals.earlier(`${LONG}1`)).toBe(1);
	expect(ordinals.earlier('b')).toBe(0);
});

it('equal rows that are one question count once', () => {
	const asked: TimesAsked = {};
	const ordinals = new Ordinals(asked, 'node|0', false);
	expect([1, 2, 3].map(() => ordinals.ask('a', true))).toEqual([0, 1, 1]);
	expect(asked).toEqual({ 'node|0': { a: 1 } });
	expect([ordinals.ask('a'), ordinals.ask('a', true)]).toEqual([1, 2]);
});

it('a tool goes on with the count of its place, and counts only what was answered', () => {
	const asked: TimesAsked = { tool: { a: 2 } };
	const ordinals = new Ordinals(asked, 'tool', true);
	expect([ordinals.ask('a'), ordinals.ask('a'), ordinals.ask('b')]).toEqual([2, 2, 0]);
	ordinals.answered('a');
	ordinals.answered('b');
	expect([ordinals.ask('a'), ordinals.ask('b')]).toEqual([3, 1]);
	expect(asked).toEqual({ tool: { a: 3, b: 1 } });
});

it('the answer to a node that is no tool counts nothing', () => {
	const asked: TimesAsked = {};
	new Ordinals(asked, 'node|0', false).answered('a');
	expect(asked).toEqual({});
});
