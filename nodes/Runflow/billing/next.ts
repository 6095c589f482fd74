import type { ApiFailure } from '../api/attempt';
import { unrelatedFailure } from '../api/failure';
import { MAX_ATTEMPTS, SUBMIT_TIMEOUT_MS } from '../api/policy';
import type { Evaluation } from '../api/types';
import { isFinished } from '../waiting/rules';
import { billedFor, isConflict, saysInProgress } from './conflict';
import type {
	In,
	Note,
	ReadEvent,
	Relation,
	RowEvent,
	RowFacts,
	RowState,
	Decided,
	SubmittedEvent,
	Todo,
	Try,
} from './row';

/** A row whose evaluation failed at Runflow is asked anew so often at most. */
const MOST_TIMES_ANEW = 3;
/** What exists and cannot be read now is left to those who wait for it, for as long as they do. */
const UNREAD_UNTIL_LEFT = 3;
/** Stored refusals that a row goes past in one turn; beyond that the API does not mean what it says. */
const MOST_PASSED = 20;
/** How much older than the execution a failed evaluation must be to be asked anew, and billed. */
const SURELY_BEFORE_MS = 5 * 60_000;

/** What becomes of a row, and what to do: every decision about its money, and nothing else. */
export function next(state: RowState, event: RowEvent, facts: RowFacts): Decided {
	if (event.kind === 'turn') return turn(state);
	if (event.kind === 'read') return read(state, event, facts);
	return state.kind === 'asking' || state.kind === 'lost'
		? submitted(state, event, facts)
		: decided(state, { kind: 'tell', attempt: event.attempt });
}

function turn(state: RowState): Decided {
	switch (state.kind) {
		case 'asking':
			return decided({ ...state, passed: 0 }, { kind: 'submit', under: state.under });
		case 'lost':
			return decided(state, { kind: 'submit', under: state.under });
		case 'accepted': {
			const { under, id } = state;
			const known = { kind: 'known', under, id, isInherited: false, misses: 0 } as const;
			return decided(known, { kind: 'read', id });
		}
		case 'noted':
			return decided(state, { kind: 'read', id: state.evaluation.id });
		case 'givenUp':
			return failed(state, state.failure);
		default:
			return decided(state, { kind: 'read', id: state.id });
	}
}

function read(state: RowState, event: ReadEvent, facts: RowFacts): Decided {
	switch (state.kind) {
		case 'known':
			return readKnown(state, event);
		case 'named':
			return readNamed(state, event, facts);
		case 'noted': {
			const { attempt, relation } = event;
			const isUseful = attempt.ok && relation.isRelated;
			return isUseful
				? settled(state, attempt.value, relation, facts)
				: accepted(state.under, state.evaluation, false);
		}
		default:
			return decided(state, { kind: 'tell', attempt: event.attempt });
	}
}

/** What is known to exist is never submitted again, but for what failed at Runflow. */
function readKnown(state: In<'known'>, { attempt, relation }: ReadEvent): Decided {
	const { under, id, isInherited } = state;
	if (!attempt.ok) return missed(state, attempt.failure);
	if (!relation.isRelated) return failed(state, namesAnother(id));
	if (isInherited && attempt.value.status_code === 'failed') return askAnew(under);
	return accepted(under, attempt.value, isInherited);
}

/**
 * A 404 soon after the acceptance means "not yet", and a 403 that the key may not read. Any other
 * fault is left to those who wait for the evaluation.
 */
function missed(state: In<'known'>, failure: ApiFailure): Decided {
	const { reaction, isFromApi, status } = failure;
	const isSaid = isFromApi === true;
	if (isSaid && reaction === 'missing') return failed(state, asRetry(failure));
	const isNo = reaction === 'rejected' || reaction === 'missing' || reaction === 'closed';
	const isPassing = reaction === 'retry' || (isNo && !isSaid && status !== undefined);
	if (!isPassing) return failed(state, failure);
	const misses = state.misses + 1;
	if (misses < UNREAD_UNTIL_LEFT) return failed({ ...state, misses }, asRetry(failure));
	const { under, id, isInherited } = state;
	return accepted(under, { id, status_code: 'pending' }, isInherited);
}

function submitted(state: In<'asking' | 'lost'>, event: SubmittedEvent, facts: RowFacts): Decided {
	const { attempt, since: lostAt } = event;
	const { under, conflicts } = state;
	if (attempt.ok) return answered(under, attempt.value, event, facts);
	const { failure } = attempt;
	if (isConflict(failure)) return conflicted(state, failure, lostAt, facts);
	if (failure.isReplayed === true) {
		const passed = past(state, failure);
		if (passed !== undefined) return passed;
	}
	const { reaction, obstacle } = failure;
	const isCut = reaction === 'stopped' || (reaction === 'retry' && obstacle === undefined);
	if (isCut) return failed({ kind: 'lost', under, conflicts, lostAt }, failure);
	return state.kind === 'lost'
		? failed(state, { ...failure, mayBeAccepted: true })
		: failed(state, failure, [{ kind: 'free' }]);
}

/** A refusal that Runflow has stored created nothing, and stays for good: the next key is asked. */
function past(state: In<'asking' | 'lost'>, failure: ApiFailure): Decided | undefined {
	const passed = (state.kind === 'asking' ? (state.passed ?? 0) : 0) + 1;
	if (passed > MOST_PASSED || failure.reaction === 'stopped') return undefined;
	const under = { ...state.under, left: state.under.left + 1 };
	const asking = { kind: 'asking', under, conflicts: 0, passed } as const;
	return decided(asking, { kind: 'submit', under }, [{ kind: 'free' }]);
}

/** The id is noted before anything else is asked. */
function answered(
	under: Try,
	evaluation: Evaluation,
	{ relation, since: lostAt }: SubmittedEvent,
	facts: RowFacts,
): Decided {
	const { id } = evaluation;
	if (!relation.isRelated) {
		const lost = { kind: 'lost', under, conflicts: 0, lostAt } as const;
		const failure = namesAnother(id);
		const purpose = { ...failure.purpose, isSubmit: true };
		return failed(lost, { ...failure, purpose }, [{ kind: 'seen', id }]);
	}
	const notes: Note[] = [{ kind: 'accepted', id }];
	const { afterStartMs } = relation;
	const isNew = afterStartMs !== undefined && afterStartMs >= 0;
	// A known key may be answered with what was stored then, of an evaluation that has ended since.
	const isClear = isNew || (afterStartMs !== undefined && isFinished(evaluation));
	if (!facts.mayBeOlder) return accepted(under, evaluation, false, notes);
	const noted = { kind: 'noted', under, evaluation } as const;
	if (!isClear) return decided(noted, { kind: 'read', id }, notes);
	const settledNow = settled(noted, evaluation, relation, facts);
	return { ...settledNow, notes: [...notes, ...settledNow.notes] };
}

/** It is the row's evaluation, unless it failed at Runflow surely before this execution. */
function settled(
	{ under }: In<'noted'>,
	evaluation: Evaluation,
	{ afterStartMs = 0, afterFirstStartMs = 0 }: Relation,
	{ isShared, isForgotten }: RowFacts,
): Decided {
	const isOthers = isShared && !isForgotten && afterFirstStartMs < 0;
	const notes: Note[] = isOthers ? [{ kind: 'wasThere' }] : [];
	const isOldFailure = evaluation.status_code === 'failed' && afterStartMs < -SURELY_BEFORE_MS;
	return isOldFailure && under.anew < MOST_TIMES_ANEW
		? askAnew(under, notes)
		: accepted(under, evaluation, afterStartMs < 0, notes);
}

/**
 * A refused key. Patience is for what may still be in progress; else the first body was another one,
 * or the API takes no image twice. What others asked for is out of reach then, and is asked anew;
 * what this execution asked for itself, or may have, exists and is paid, and that is told.
 */
function conflicted(
	state: In<'asking' | 'lost'>,
	refusal: ApiFailure,
	now: number,
	facts: RowFacts,
): Decided {
	const { under } = state;
	const lostAt = state.kind === 'lost' ? state.lostAt : undefined;
	const { namedId: id } = refusal;
	if (id !== undefined) {
		const named = { kind: 'named', under, id, refusal, lostAt } as const;
		return { state: named, notes: [{ kind: 'seen', id }], todo: { kind: 'read', id } };
	}
	const isOthers = facts.isShared && !under.asOwn;
	const conflicts = state.conflicts + 1;
	const isSaid = saysInProgress(refusal);
	const isOwnPending = lostAt !== undefined && (isSaid || now - lostAt < SUBMIT_TIMEOUT_MS);
	const mayPass = (isSaid || (isOthers && !facts.mayDiffer)) && conflicts < MAX_ATTEMPTS;
	if (isOwnPending || mayPass) {
		return failed({ ...state, conflicts }, { ...refusal, reaction: 'conflict' });
	}
	if (isOthers && facts.mayDiffer && lostAt === undefined && !facts.mayHaveAsked) {
		return askAnew({ ...under, asOwn: true }, [{ kind: 'free' }, { kind: 'unreachable' }]);
	}
	return givenUp(under, refusal, billedFor(facts, lostAt));
}

/** What a refusal names is the answer only if all that was sent is echoed, and it is new enough. */
function readNamed(state: In<'named'>, { attempt, relation }: ReadEvent, facts: RowFacts): Decided {
	const { under, id, refusal, lostAt } = state;
	if (!attempt.ok) {
		const { failure } = attempt;
		const isNo = failure.reaction === 'missing' || failure.reaction === 'rejected';
		return failed(state, isNo ? asRetry(failure) : failure);
	}
	const { isRelated, echo, isNew, afterFirstStartMs = 0, afterStartMs = 0 } = relation;
	const isSame = echo === 'same' && (isNew || facts.isShared);
	const isOwn = echo === 'unsure' && isNew && lostAt !== undefined;
	if (!isRelated || !(isSame || isOwn))
		return givenUp(under, refusal, billedFor(facts, lostAt), id);
	const notes: Note[] = [{ kind: 'accepted', id }];
	const isOthers = facts.isShared && !facts.isForgotten && afterFirstStartMs < 0;
	if (isOthers) notes.push({ kind: 'wasThere' });
	return accepted(under, attempt.value, afterStartMs < 0, notes);
}

function accepted(under: Try, value: Evaluation, wasThere: boolean, notes: Note[] = []): Decided {
	const state = { kind: 'accepted', under, id: value.id, wasThere } as const;
	return decided(state, { kind: 'tell', attempt: { ok: true, value } }, notes);
}

function askAnew({ anew, asOwn }: Try, notes: Note[] = []): Decided {
	const under = { anew: anew + 1, asOwn, left: 0 };
	return decided({ kind: 'asking', under, conflicts: 0 }, { kind: 'submit', under }, notes);
}

function givenUp(under: Try, refusal: ApiFailure, notes: Note[], id?: string): Decided {
	const failure: ApiFailure = { ...refusal, reaction: 'rejected' };
	return failed({ kind: 'givenUp', under, failure, id }, failure, notes);
}

function failed(state: RowState, failure: ApiFailure, notes: Note[] = []): Decided {
	return decided(state, { kind: 'tell', attempt: { ok: false, failure } }, notes);
}

function decided(state: RowState, todo: Todo, notes: Note[] = []): Decided {
	return { state, notes, todo };
}

const asRetry = (failure: ApiFailure): ApiFailure => ({ ...failure, reaction: 'retry' });

const namesAnother = (id: string): ApiFailure => unrelatedFailure(id, 'retry');
