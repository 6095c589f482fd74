import type { ApiFailure, Reaction } from '../../nodes/Runflow/api/attempt';
import { idOf, isGivenUp, withWhatIsKnown } from '../../nodes/Runflow/billing/endings';
import { FIRST_TRY as under } from '../../nodes/Runflow/billing/row';
import type { RowState } from '../../nodes/Runflow/billing/row';
import { Ordinals } from '../../nodes/Runflow/billing/ordinals';
import { Store } from '../../nodes/Runflow/billing/store';
import { settleTool } from '../../nodes/Runflow/billing/toolAttempts';
import type { Ending } from '../../nodes/Runflow/billing/types';
import type { Refusal } from '../../nodes/Runflow/messages/budget';
import { deskOf, rowOf } from './desk';

const evaluation = { id: 'e-1', status_code: 'completed' };
const refusal: Refusal = { kind: 'unknownPrice' };
const failure: ApiFailure = { kind: 'answer', reaction: 'retry', purpose: { subject: 'E' } };
const submit = (reaction: Reaction): ApiFailure => ({
	...{ ...failure, reaction, purpose: { subject: 'E', isSubmit: true } },
});
const DONE: Ending = { kind: 'done', evaluation };
const FAILED: Ending = { kind: 'failed', failure };

it.each<[string, Ending, string | undefined, boolean]>([
	['done', DONE, 'e-1', false],
	['open', { kind: 'open', evaluation }, 'e-1', false],
	['failed', { ...FAILED, id: 'e-2' }, 'e-2', true],
	[
		'failed because there is none',
		{ kind: 'failed', failure: { ...failure, reaction: 'missing' }, id: 'e-2' },
		undefined,
		true,
	],
	['timed out', { kind: 'timedOut', id: 'e-2' }, 'e-2', true],
	['not awaited', { kind: 'notAwaited', failure, id: 'e-2' }, 'e-2', true],
	['refused', { kind: 'refused', refusal, id: 'e-2' }, 'e-2', false],
	['not submitted', { kind: 'notSubmitted', failure }, undefined, false],
])('%s: the ID that is known, and whether nobody waits any more', (_, ending, id, givenUp) => {
	expect([idOf(ending), isGivenUp(ending)]).toEqual([id, givenUp]);
});

/** How a row ends that asking knows so much of. */
function known(ending: Ending | undefined, state: RowState, mayExist = false, refused?: Refusal) {
	const outcomes = new Map<number, Ending>();
	if (ending !== undefined) outcomes.set(7, ending);
	const asking = { stateOf: () => state, refusalOf: () => refused, mayExist: () => mayExist };
	withWhatIsKnown(outcomes, new Map([[7, rowOf({ itemIndex: 7 })]]), asking);
	return outcomes.get(7);
}

const ASKING: RowState = { kind: 'asking', under, conflicts: 0 };
const ACCEPTED: RowState = { kind: 'accepted', under, id: 'e-3', wasThere: false };
const NOTED: RowState = { kind: 'noted', under, evaluation };
const NOT_SUBMITTED: Ending = { kind: 'notSubmitted', failure };
const REFUSED: Ending = { kind: 'refused', refusal };

describe('what the rows know', () => {
	it('leaves a verdict and a timeout as they are, and a row without an outcome without one', () => {
		const timedOut: Ending = { kind: 'timedOut', id: 'e-9' };
		expect(known(DONE, ACCEPTED, true)).toBe(DONE);
		expect(known(timedOut, ACCEPTED, true)).toBe(timedOut);
		expect(known(undefined, ACCEPTED, true, refusal)).toBeUndefined();
	});

	it('tells what the batch itself refused', () => {
		expect(known(FAILED, ASKING, false, refusal)).toEqual(REFUSED);
	});

	it.each([
		[ASKING, undefined],
		[ACCEPTED, 'e-3'],
		[NOTED, 'e-1'],
	])('adds the ID that exists to what is refused (%j)', (state, id) => {
		expect(known(REFUSED, state, true)).toEqual({ ...REFUSED, id, mayExist: true });
	});

	it('adds the ID to what failed, unless the failure has its own', () => {
		expect(known(FAILED, NOTED)).toMatchObject({ kind: 'failed', id: 'e-1' });
		expect(known({ ...FAILED, id: 'e-2' }, NOTED)).toMatchObject({ kind: 'failed', id: 'e-2' });
		expect(known(FAILED, ASKING)).toMatchObject({ kind: 'failed', id: undefined });
	});

	it.each([
		['a look', failure, true, true],
		['a look, and nothing may exist', failure, false, false],
		['a submit without an answer, which says so itself', submit('retry'), true, false],
		['a submit that was rejected', submit('rejected'), true, true],
	])('says that it may have been accepted all the same: %s', (_, failed, mayExist, says) => {
		const ending = known({ kind: 'failed', failure: failed }, ASKING, mayExist);
		expect(ending).toMatchObject({ failure: { ...failed, mayBeAccepted: says } });
	});

	it('what exists is not unsubmitted, and what may exist is not surely unsubmitted', () => {
		const others = (mayBeAccepted: boolean) => ({ ...failure, isOthers: true, mayBeAccepted });
		expect(known(NOT_SUBMITTED, ACCEPTED)).toEqual({ kind: 'notAwaited', failure, id: 'e-3' });
		expect(known(NOT_SUBMITTED, ASKING, true)).toEqual({ kind: 'failed', failure: others(true) });
		expect(known(NOT_SUBMITTED, ASKING)).toEqual({ kind: 'notSubmitted', failure: others(false) });
	});
});

/** Calls of a tool one after the other, and after each how often the questions a and b count. */
function calls(isTool: boolean, toolTries: number, endings: Ending[][]) {
	const desk = deskOf({ isTool, toolTries });
	const store = new Store(desk);
	const [a, b] = [rowOf({ question: 'a' }), rowOf({ question: 'b' })];
	store.remember(a.name, 'e-1');
	const asked: Record<string, Record<string, number>> = {};
	const counts = endings.map((each) => {
		const rows = { rows: new Map([a, b].entries()), failures: new Map() };
		const ordinals = new Ordinals(asked, { node: 'Runflow' });
		settleTool(desk, store, { ...rows, ordinals }, new Map(each.entries()));
		return asked['Runflow|']?.a ?? 0;
	});
	return { counts, asked, stored: desk.store.runflow };
}

describe('a question of an agent is a new one', () => {
	const OPEN: Ending = { kind: 'open', evaluation };

	it('after an answer, and only where something was accepted', () => {
		const { counts, asked, stored } = calls(true, 3, [[DONE, OPEN], [DONE]]);
		expect(counts).toEqual([1, 2]);
		expect(asked).toEqual({ 'Runflow|': { a: 2 } });
		expect(stored).not.toHaveProperty('tries');
	});

	it('after the last of the tries that n8n makes by itself', () => {
		const one = [DONE, FAILED];
		expect(calls(true, 3, [one, one, one, one]).counts).toEqual([0, 0, 1, 1]);
		expect(calls(true, 2, [one, one]).counts).toEqual([0, 1]);
	});

	it('after a failure that n8n does not try again', () => {
		const { counts, stored } = calls(true, 1, [[FAILED]]);
		expect(counts).toEqual([1]);
		expect(stored).not.toHaveProperty('tries');
	});

	it('never for a node that is no tool', () => {
		expect(calls(false, 1, [[DONE], [FAILED]]).counts).toEqual([0, 0]);
	});
});
