import type { ApiFailure, Attempt } from '../api/attempt';
import type { Evaluation } from '../api/types';

/** Under which key a row is asked. */
export interface Try {
	/** How often it was asked anew, because what was found could not be used. */
	anew: number;
	/** Whether it is asked under the execution's own name, whoever asked first. */
	asOwn: boolean;
	/** How many keys were left because Runflow keeps a refusal under them. */
	left: number;
}

export const FIRST_TRY: Try = { anew: 0, asOwn: false, left: 0 };

/** How far a row is: drawn in README.md. Moments are milliseconds since 1970. */
export type RowState =
	/** An earlier try had it accepted. `misses`: times that it could not be read. */
	| { kind: 'known'; under: Try; id: string; isInherited: boolean; misses: number }
	/** To be submitted; no attempt under this key can have been accepted. `passed`: stored refusals in this turn. */
	| { kind: 'asking'; under: Try; conflicts: number; passed?: number }
	/** An attempt under this key, begun at `lostAt`, had no usable answer. */
	| { kind: 'lost'; under: Try; conflicts: number; lostAt: number }
	/** A refusal named an evaluation, which is to be read. */
	| { kind: 'named'; under: Try; id: string; refusal: ApiFailure; lostAt?: number }
	/** Accepted; it may have been there before, so it is looked at once. */
	| { kind: 'noted'; under: Try; evaluation: Evaluation }
	| { kind: 'accepted'; under: Try; id: string; wasThere: boolean }
	/** Refused for good. `id`: an evaluation that exists and is not used. */
	| { kind: 'givenUp'; under: Try; failure: ApiFailure; id?: string };

/** What holds for a row as long as it is asked. */
export interface RowFacts {
	/** Whether other executions ask under the same key. */
	isShared: boolean;
	/** Whether nothing is known of the tries before this one: the first of them crashed. */
	isForgotten: boolean;
	/** Whether an earlier try may have asked without this one's knowing: a Retry that crashed leaves what the tries before it knew. */
	mayHaveAsked: boolean;
	/** Whether its key may be older than this execution. */
	mayBeOlder: boolean;
	/** Whether another execution may have sent another body under its key: an asset, a callback URL. */
	mayDiffer: boolean;
}

/** How an evaluation that came relates to the row. */
export interface Relation {
	/** Whether it can be the answer to the row, by its reference and by what it answered before. */
	isRelated: boolean;
	/** Whether it echoes all that is sent; `unsure`: all but images without an address of their own. */
	echo: 'same' | 'unsure' | 'other';
	/** Whether it was submitted after its key was first asked for; not where that is not sure. */
	isNew: boolean;
	/** Milliseconds from the start of the execution to its submission; negative only where that is sure. */
	afterStartMs?: number;
	/** The same from the first of the executions of which this one is a retry. */
	afterFirstStartMs?: number;
}

export interface ReadEvent {
	kind: 'read';
	attempt: Attempt<Evaluation>;
	relation: Relation;
}

export interface SubmittedEvent {
	kind: 'submitted';
	attempt: Attempt<Evaluation>;
	relation: Relation;
	/** When the request began. */
	since: number;
}

/** The row has its turn, or the answer to what it asked. */
export type RowEvent = { kind: 'turn' } | ReadEvent | SubmittedEvent;

/** What to do next for a row; `tell` ends its turn. */
export type Todo =
	| { kind: 'submit'; under: Try }
	| { kind: 'read'; id: string }
	| { kind: 'tell'; attempt: Attempt<Evaluation> };

/**
 * What is to be written down before anything else is done: an id that was `accepted` for the row, or
 * `seen` to exist; that the key is `free`, since surely nothing was accepted under it; that what it
 * stands for may be `paid` by an earlier try, so that its credits stay reserved; that the
 * evaluation `wasThere` before the first execution began, so that nothing was billed for it now;
 * that what a key stands for is `unreachable`, so that the row is evaluated anew.
 */
export type Note =
	| { kind: 'accepted' | 'seen'; id: string }
	| { kind: 'free' | 'paid' | 'wasThere' | 'unreachable' };

export interface Decided {
	state: RowState;
	notes: Note[];
	todo: Todo;
}

type StateKind = RowState['kind'];
export type In<Kinds extends StateKind> = Extract<RowState, { kind: Kinds }>;
