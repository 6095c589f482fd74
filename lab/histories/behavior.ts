/** How an API may deal with what is not documented, and what may go wrong on the way. */
export interface Behavior {
	/**
	 * What a known idempotency key means: `compare` replays the stored answer and refuses another body
	 * with 409 (as documented), `replay` answers whatever the body, `inFlightOnly` knows a key until
	 * its request is answered, `ignore` knows none.
	 */
	keys: 'compare' | 'replay' | 'inFlightOnly' | 'ignore';
	/** Keys are forgotten so long after their first use. */
	keyLifeMs: number;
	/** Whether refusals are stored under a key as well. */
	storesRefusals: boolean;
	/** Whether a 409 names the evaluation that the key stands for. */
	namesEvaluation: boolean;
	/** Whether the keys of uploads mean the same; where they mean nothing, a file is another asset each time. */
	knowsUploadKeys: boolean;
	/** A new evaluation is unknown to GET for that long. */
	notFoundMs: number;
	/** What answers a submit: the documented fields, all of them, or the id alone. */
	accepted: 'short' | 'full' | 'idOnly';
	/** How long an evaluation takes: 0, there at once; Infinity, it never ends. */
	durationMs: number;
	/** Whether one that is open changes between pending and running for ever. */
	flips: boolean;
	/** Which of the evaluations fail, by the order of their creation. */
	fails: number[];
	inFlightCap: number;
	/** How far the clock of its `Date` headers is ahead of n8n's. */
	dateAheadMs: number;
	/** The same for the clock by which its answers say when something happened. */
	timesAheadMs: number;
	/** By how much more so is the clock by which an evaluation is completed. */
	workersAheadMs: number;
	/** Whether it says how long an evaluation took. */
	tellsDuration: boolean;
	/** An image address is evaluated once: whoever asks again under another key is told which one it is, with a 409. */
	refusesDuplicates: boolean;
	/** One after another, what happens to the submits; `fine` after the last. */
	submits: SubmitFault[];
	/** The same for the looks. */
	looks: LookFault[];
	/** The same for the callbacks; what is not answered with 2xx is delivered again, five times in all. */
	callbacks: CallbackFault[];
	/** What becomes of the request for the price list. */
	prices: 'fine' | 'hangs' | '503';
}

/**
 * `lostBefore`: it never arrives; `lostAfter`: it does its work, and the answer is lost; `hangs`: the
 * work takes longer than any client waits; `slow`: 8 s; `failsAfter` and `pageAfter`: it does its work
 * and a 503 or a web page answers.
 */
export type SubmitFault =
	| 'fine'
	| 'lostBefore'
	| 'lostAfter'
	| 'failsAfter'
	| 'pageAfter'
	| 'hangs'
	| 'slow'
	| '402'
	| '429'
	| '503';

export type LookFault = 'fine' | 'lost' | '403' | '404' | '503';

/** `late`: half a minute late. */
export type CallbackFault = 'fine' | 'lost' | 'late';

/** Whether who asks again under a key is answered with what it stands for, however late. */
export function remembersKeys({ keys, keyLifeMs }: Behavior): boolean {
	return (keys === 'compare' || keys === 'replay') && keyLifeMs === Infinity;
}

/** The API as documented, on a good day. */
export const DOCUMENTED: Behavior = {
	keys: 'compare',
	keyLifeMs: Infinity,
	storesRefusals: false,
	namesEvaluation: false,
	knowsUploadKeys: true,
	notFoundMs: 0,
	accepted: 'short',
	durationMs: 3_000,
	flips: false,
	fails: [],
	inFlightCap: 100,
	dateAheadMs: 0,
	timesAheadMs: 0,
	workersAheadMs: 0,
	tellsDuration: true,
	refusesDuplicates: false,
	submits: [],
	looks: [],
	callbacks: [],
	prices: 'fine',
};
