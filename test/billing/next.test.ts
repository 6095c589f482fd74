import type { ApiFailure, Attempt } from '../../nodes/Runflow/api/attempt';
import type { Evaluation } from '../../nodes/Runflow/api/types';
import { next } from '../../nodes/Runflow/billing/next';
import type {
	Relation,
	RowEvent,
	RowFacts,
	RowState,
	Decided,
} from '../../nodes/Runflow/billing/row';

/**
 * Every arrow of the drawing: the state, what comes of a submit (`sent`) or a look, and what holds;
 * then the new state, the notes, and what to do. `at` of an event: when it was submitted at Runflow,
 * by the start of the execution; `since`: when the request began.
 */
const ARROWS = `
asking                     ; turn                                ;                         ; asking |  | submit
lost at 1000               ; turn                                ;                         ; lost at 1000 |  | submit
accepted                   ; turn                                ;                         ; known |  | read
known                      ; turn                                ;                         ; known |  | read
noted                      ; turn                                ;                         ; noted |  | read
named                      ; turn                                ;                         ; named |  | read
givenUp                    ; turn                                ;                         ; givenUp |  | tell rejected

asking                     ; sent pending                        ;                         ; accepted | accepted | tell pending
lost at 1000               ; sent pending                        ;                         ; accepted | accepted | tell pending
asking                     ; sent pending unrelated              ;                         ; lost at 2000 | seen | tell retry submit
asking                     ; sent pending                        ; shared older            ; noted | accepted | read
asking                     ; sent pending at 0                   ; shared older            ; accepted | accepted | tell pending
asking                     ; sent running at -1                  ; shared older            ; noted | accepted | read
asking                     ; sent completed at -1                ; shared older            ; accepted there | accepted, wasThere | tell completed
asking                     ; sent completed                      ; shared older            ; noted | accepted | read
asking                     ; sent completed at -1                ; older                   ; accepted there | accepted | tell completed
asking                     ; sent completed at -1                ; shared older forgotten  ; accepted there | accepted | tell completed
asking                     ; sent failed at -300001              ; shared older            ; asking anew 1 | accepted, wasThere | submit
asking                     ; sent failed at -300000              ; shared older            ; accepted there | accepted, wasThere | tell failed
asking anew 2              ; sent failed at -300001              ; shared older            ; asking anew 3 | accepted, wasThere | submit
asking anew 3              ; sent failed at -300001              ; shared older            ; accepted anew 3 there | accepted, wasThere | tell failed

asking                     ; sent loss                           ;                         ; lost at 2000 |  | tell retry
asking conflicts 2         ; sent loss                           ;                         ; lost conflicts 2 at 2000 |  | tell retry
lost at 1000               ; sent loss                           ;                         ; lost at 2000 |  | tell retry
asking                     ; sent stop                           ;                         ; lost at 2000 |  | tell stopped
asking                     ; sent no-connection                  ;                         ; asking | free | tell retry
asking                     ; sent 422                            ;                         ; asking | free | tell rejected
lost at 1000               ; sent 422                            ;                         ; lost at 1000 |  | tell rejected maybe

asking                     ; sent stored                         ;                         ; asking left 1 passed 1 | free | submit
asking                     ; sent stored-stop                    ;                         ; lost at 2000 |  | tell stopped
asking passed 19           ; sent stored                         ;                         ; asking left 1 passed 20 | free | submit
asking passed 20           ; sent stored                         ;                         ; asking passed 20 | free | tell rejected
asking passed 20           ; turn                                ;                         ; asking |  | submit

asking                     ; sent conflict                       ;                         ; givenUp | free | tell rejected
asking                     ; sent in-progress                    ;                         ; asking conflicts 1 |  | tell conflict
asking conflicts 3         ; sent in-progress                    ;                         ; asking conflicts 4 |  | tell conflict
asking conflicts 4         ; sent in-progress                    ;                         ; givenUp | free | tell rejected
lost at 1000               ; sent conflict since 60999           ;                         ; lost conflicts 1 at 1000 |  | tell conflict
lost at 1000               ; sent conflict since 61000           ;                         ; givenUp |  | tell rejected
lost conflicts 9 at 1000   ; sent in-progress since 90000        ;                         ; lost conflicts 10 at 1000 |  | tell conflict
asking                     ; sent conflict                       ; shared older            ; asking conflicts 1 |  | tell conflict
asking conflicts 4         ; sent conflict                       ; shared older            ; givenUp | free | tell rejected
asking                     ; sent conflict                       ; shared older differs    ; asking anew 1 own | free, unreachable | submit
asking own                 ; sent conflict                       ; shared older differs    ; givenUp own | free | tell rejected
lost at 1000               ; sent conflict since 90000           ; shared older differs    ; givenUp |  | tell rejected
asking                     ; sent conflict                       ; shared older differs retry ; givenUp | paid | tell rejected
asking                     ; sent conflict                       ; differs retry           ; givenUp | paid | tell rejected
named                      ; look completed at -1                ; retry                   ; givenUp e1 | paid | tell rejected
asking                     ; sent conflict                       ; differs                 ; givenUp | free | tell rejected
asking                     ; sent naming                         ;                         ; named | seen | read
lost at 1000               ; sent naming                         ;                         ; named lost | seen | read

named                      ; look completed new at 0             ;                         ; accepted | accepted | tell completed
named                      ; look completed new at -1 first 0    ;                         ; accepted there | accepted | tell completed
named                      ; look completed at -1                ;                         ; givenUp e1 | free | tell rejected
named                      ; look completed                      ;                         ; givenUp e1 | free | tell rejected
named                      ; look completed at -1                ; shared older            ; accepted there | accepted, wasThere | tell completed
named                      ; look completed                      ; shared older            ; accepted | accepted | tell completed
named                      ; look completed at -1                ; shared older forgotten  ; accepted there | accepted | tell completed
named                      ; look completed new at 0 other       ; shared older            ; givenUp e1 | free | tell rejected
named                      ; look completed new at 0 unrelated   ;                         ; givenUp e1 | free | tell rejected
named lost                 ; look completed new at 0 unsure      ;                         ; accepted | accepted | tell completed
named                      ; look completed new at 0 unsure      ;                         ; givenUp e1 | free | tell rejected
named lost                 ; look completed at -1 unsure         ;                         ; givenUp e1 |  | tell rejected
named                      ; look completed at 0                 ;                         ; givenUp e1 | free | tell rejected
named                      ; look 404                            ;                         ; named |  | tell retry
named                      ; look 422                            ;                         ; named |  | tell retry
named                      ; look 403                            ;                         ; named |  | tell closed

noted                      ; look completed at 0                 ; shared older            ; accepted |  | tell completed
noted                      ; look completed                      ; shared older            ; accepted |  | tell completed
noted                      ; look completed at -1                ; shared older            ; accepted there | wasThere | tell completed
noted                      ; look failed at -300001              ; shared older            ; asking anew 1 | wasThere | submit
noted                      ; look loss                           ; shared older            ; accepted |  | tell pending
noted                      ; look completed unrelated            ; shared older            ; accepted |  | tell pending

known                      ; look completed                      ;                         ; accepted |  | tell completed
known inherited            ; look running                        ;                         ; accepted there |  | tell running
known inherited            ; look failed                         ;                         ; asking anew 1 |  | submit
known                      ; look failed                         ;                         ; accepted |  | tell failed
known                      ; look completed unrelated            ;                         ; known |  | tell retry
known                      ; look 404                            ;                         ; known |  | tell retry
known                      ; look 404-of-a-proxy                 ;                         ; known misses 1 |  | tell retry
known                      ; look 403                            ;                         ; known |  | tell closed
known                      ; look 403-of-a-proxy                 ;                         ; known misses 1 |  | tell retry
known                      ; look 422                            ;                         ; known |  | tell rejected
known                      ; look 422-of-a-proxy                 ;                         ; known misses 1 |  | tell retry
known                      ; look unusable                       ;                         ; known |  | tell closed
known                      ; look 429                            ;                         ; known |  | tell busy
known                      ; look loss                           ;                         ; known misses 1 |  | tell retry
known misses 1             ; look loss                           ;                         ; known misses 2 |  | tell retry
known misses 2             ; look loss                           ;                         ; accepted |  | tell pending
known misses 2 inherited   ; look loss                           ;                         ; accepted there |  | tell pending

accepted                   ; sent running                        ;                         ; accepted |  | tell running
accepted                   ; look completed                      ;                         ; accepted |  | tell completed
`;

const PURPOSE = { subject: 'Evaluations', isSubmit: true };
const SAID: ApiFailure = {
	kind: 'answer',
	reaction: 'rejected',
	purpose: PURPOSE,
	isFromApi: true,
	status: 422,
};
const CONFLICT: ApiFailure = { ...SAID, reaction: 'conflict', status: 409 };
const NETWORK: ApiFailure = { kind: 'network', reaction: 'retry', purpose: PURPOSE };
const FAILURES: Record<string, ApiFailure> = {
	loss: NETWORK,
	'no-connection': { ...NETWORK, obstacle: 'refused' },
	stop: { kind: 'stopped', reaction: 'stopped', purpose: PURPOSE },
	stored: { ...SAID, status: 402, isReplayed: true },
	'stored-stop': { ...SAID, reaction: 'stopped', isReplayed: true },
	conflict: { ...CONFLICT, said: 'Another body' },
	'in-progress': { ...CONFLICT, said: 'It is in progress' },
	naming: { ...CONFLICT, namedId: 'e1' },
	'403': { ...SAID, reaction: 'closed', status: 403 },
	'403-of-a-proxy': { ...SAID, reaction: 'closed', status: 403, isFromApi: false },
	'404': { ...SAID, reaction: 'missing', status: 404 },
	'404-of-a-proxy': { ...SAID, reaction: 'missing', status: 404, isFromApi: false },
	'422': SAID,
	'422-of-a-proxy': { ...SAID, isFromApi: false },
	'429': { ...SAID, reaction: 'busy', status: 429 },
	unusable: { kind: 'unusableBaseUrl', reaction: 'closed', purpose: PURPOSE },
};

const arrows = ARROWS.replace(/ +/g, ' ')
	.split('\n')
	.filter((line) => line !== '');

it.each(arrows)('%s', (line) => {
	const [state = '', event = '', facts = '', expected = ''] = line.split(/ *; */);
	expect(stepInWords(next(stateFrom(state), eventFrom(event), factsFrom(facts)))).toBe(expected);
});

/** The number after a word. */
function after(words: string, name: string): number | undefined {
	const found = new RegExp(`\\b${name} (-?\\d+)`).exec(words)?.[1];
	return found === undefined ? undefined : Number(found);
}

function stateFrom(words: string): RowState {
	const under = {
		anew: after(words, 'anew') ?? 0,
		asOwn: words.split(' ').includes('own'),
		left: 0,
	};
	const conflicts = after(words, 'conflicts') ?? 0;
	const misses = after(words, 'misses') ?? 0;
	const lostAt = words.includes('lost') ? 1_000 : undefined;
	const isInherited = words.includes('inherited');
	const all: Record<string, RowState> = {
		asking: { kind: 'asking', under, conflicts, passed: after(words, 'passed') ?? 0 },
		lost: { kind: 'lost', under, conflicts, lostAt: 1_000 },
		known: { kind: 'known', under, id: 'e1', isInherited, misses },
		named: { kind: 'named', under, id: 'e1', refusal: CONFLICT, lostAt },
		noted: { kind: 'noted', under, evaluation: { id: 'e1', status_code: 'pending' } },
		accepted: { kind: 'accepted', under, id: 'e1', wasThere: false },
		givenUp: { kind: 'givenUp', under, failure: SAID },
	};
	const state = all[words.split(' ')[0] ?? ''];
	if (state === undefined) throw new Error(`There is no state ${words}`);
	return state;
}

function eventFrom(words: string): RowEvent {
	const [kind, what = ''] = words.split(' ');
	if (kind === 'turn') return { kind };
	const failure = FAILURES[what];
	const value: Evaluation = { id: 'e1', status_code: what };
	const attempt: Attempt<Evaluation> = failure ? { ok: false, failure } : { ok: true, value };
	const afterStartMs = after(words, 'at');
	const relation: Relation = {
		isRelated: !words.includes('unrelated'),
		isNew: words.split(' ').includes('new'),
		echo: words.includes('unsure') ? 'unsure' : words.includes('other') ? 'other' : 'same',
		afterStartMs,
		afterFirstStartMs: after(words, 'first') ?? afterStartMs,
	};
	if (kind === 'look') return { kind: 'read', attempt, relation };
	return { kind: 'submitted', attempt, relation, since: after(words, 'since') ?? 2_000 };
}

function factsFrom(words: string): RowFacts {
	return {
		isShared: words.includes('shared'),
		isForgotten: words.includes('forgotten'),
		mayHaveAsked: words.includes('retry'),
		mayBeOlder: words.includes('older'),
		mayDiffer: words.includes('differs'),
	};
}

function stepInWords({ state, notes, todo }: Decided): string {
	const told = notes.map(({ kind }) => String(kind)).join(', ');
	return [stateInWords(state), told, todoInWords(todo)].join(' | ').replace(/ +/g, ' ');
}

function stateInWords(state: RowState): string {
	const { anew, asOwn, left } = state.under;
	const words = [state.kind, ...counted({ anew, left })];
	if (asOwn) words.push('own');
	if (state.kind === 'accepted' && state.wasThere) words.push('there');
	if (state.kind === 'known') words.push(...counted({ misses: state.misses }));
	if ('conflicts' in state) words.push(...counted({ conflicts: state.conflicts }));
	if (state.kind === 'asking') words.push(...counted({ passed: state.passed ?? 0 }));
	if (state.kind === 'lost') words.push(...counted({ at: state.lostAt }));
	if (state.kind === 'named' && state.lostAt !== undefined) words.push('lost');
	if (state.kind === 'givenUp' && state.id !== undefined) words.push(state.id);
	return words.join(' ');
}

function counted(numbers: Record<string, number>): string[] {
	return Object.entries(numbers).flatMap(([name, count]) =>
		count === 0 ? [] : `${name} ${count}`,
	);
}

function todoInWords(todo: Decided['todo']): string {
	if (todo.kind !== 'tell') return todo.kind;
	const { attempt } = todo;
	if (attempt.ok) return `tell ${attempt.value.status_code}`;
	const { reaction, mayBeAccepted, kind, purpose } = attempt.failure;
	const words = ['tell', reaction];
	if (mayBeAccepted === true) words.push('maybe');
	if (kind === 'unrelated' && purpose.isSubmit === true) words.push('submit');
	return words.join(' ');
}
