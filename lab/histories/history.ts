import * as fc from 'fast-check';

import { DOCUMENTED } from './behavior';
import type { Behavior, CallbackFault, LookFault, SubmitFault } from './behavior';

/** How the node is set. */
export interface Settings {
	/** Who asks: each execution, anyone, or the builder with a key of their own. */
	asks: 'always' | 'onChange' | 'ownKey';
	image: 'address' | 'file';
	hasClientRef: boolean;
	/** `submit`: the operation Submit, with a callback URL of the execution's own. A tool is never parked. */
	mode: 'poll' | 'callback' | 'submit';
	maximumCost?: number;
	continues: boolean;
	timeoutSeconds: number;
	/** An agent calls it: the rows of a round are calls at once, each with a row of its own. */
	isTool: boolean;
}

/** One execution: its own, or the retry of the one before it. */
export interface Execution {
	isRetry: boolean;
	/** Whether it starts in the same moment as the one before it; never a retry. */
	isAtOnce: boolean;
	/** The questions of each round of a loop, by number. A retry has those of the first try … */
	rounds: number[][];
	/** … unless its rows have changed since. */
	hasOtherRows: boolean;
	/** Retry On Fail, the first time included. */
	tries: number;
	/** What happens to it, so long after the start of a try. */
	cut?: { kind: 'stop' | 'crash' | 'stall'; atMs: number };
}

export interface History {
	behavior: Behavior;
	settings: Settings;
	executions: Execution[];
}

const submitFault = fc.constantFrom<SubmitFault[]>(
	...(['fine', 'fine', 'lostBefore', 'lostAfter', 'lostAfter', 'failsAfter'] as const),
	...(['pageAfter', 'hangs', 'slow', '402', '429', '503'] as const),
);
const lookFault = fc.constantFrom<LookFault[]>('fine', 'fine', 'lost', '403', '404', '503');
const callbackFault = fc.constantFrom<CallbackFault[]>('fine', 'fine', 'lost', 'late');

const HOUR_MS = 3_600_000;
const clock = fc.constantFrom(0, 0, -60_000, HOUR_MS, -HOUR_MS);

const behavior: fc.Arbitrary<Behavior> = fc.record({
	keys: fc.constantFrom('compare', 'compare', 'replay', 'inFlightOnly', 'ignore'),
	keyLifeMs: fc.constantFrom(Infinity, Infinity, 30_000),
	storesRefusals: fc.boolean(),
	namesEvaluation: fc.boolean(),
	knowsUploadKeys: fc.boolean(),
	notFoundMs: fc.constantFrom(0, 0, 5_000, 20_000),
	accepted: fc.constantFrom('short', 'full', 'idOnly'),
	durationMs: fc.constantFrom(3_000, 0, 12_000, Infinity),
	flips: fc.boolean(),
	fails: fc.uniqueArray(fc.nat(5), { maxLength: 2 }),
	inFlightCap: fc.constantFrom(100, 100, 2, 0),
	dateAheadMs: clock,
	timesAheadMs: clock,
	workersAheadMs: fc.constantFrom(0, 0, HOUR_MS),
	tellsDuration: fc.boolean(),
	refusesDuplicates: fc.constantFrom(false, false, false, true),
	submits: fc.array(submitFault, { maxLength: 6 }),
	looks: fc.array(lookFault, { maxLength: 6 }),
	callbacks: fc.array(callbackFault, { maxLength: 6 }),
	prices: fc.constantFrom('fine', 'fine', 'fine', 'hangs', '503'),
});

const settings: fc.Arbitrary<Settings> = fc.record({
	asks: fc.constantFrom('always', 'onChange', 'ownKey'),
	image: fc.constantFrom('address', 'file'),
	hasClientRef: fc.boolean(),
	mode: fc.constantFrom('poll', 'poll', 'callback', 'callback', 'submit'),
	maximumCost: fc.constantFrom(undefined, 0.4, 1, 2),
	continues: fc.boolean(),
	timeoutSeconds: fc.constantFrom(20, 60),
	isTool: fc.constantFrom(false, false, true),
});

const execution: fc.Arbitrary<Execution> = fc.record({
	isRetry: fc.boolean(),
	isAtOnce: fc.constantFrom(false, false, true),
	hasOtherRows: fc.constantFrom(false, false, true),
	rounds: fc.array(fc.array(fc.nat(2), { minLength: 1, maxLength: 4 }), {
		minLength: 1,
		maxLength: 3,
	}),
	tries: fc.constantFrom(1, 1, 2, 3),
	cut: fc.option(
		fc.record({
			kind: fc.constantFrom('stop', 'crash', 'stall'),
			atMs: fc.constantFrom(0, 60, 75, 120, 1_100, 6_000),
		}),
		{ nil: undefined },
	),
});

/** Everything at random. A counter-example shrinks towards the documented API and a plain batch. */
export const history: fc.Arbitrary<History> = fc.record({
	behavior,
	settings,
	executions: fc.array(execution, { minLength: 1, maxLength: 3 }),
});

/** What is other than on a plain day. */
export type Example = [
	behavior: Partial<Behavior>,
	settings: Partial<Settings>,
	executions: Array<Partial<Execution>>,
];

/** A history of which only what matters is given. */
export function historyOf(...[behavior, settings, executions]: Example): History {
	return {
		behavior: { ...DOCUMENTED, ...behavior },
		settings: { ...PLAIN, ...settings },
		executions: executions.map((each) => ({ ...ONE, ...each })),
	};
}

const ONE: Execution = {
	isRetry: false,
	isAtOnce: false,
	rounds: [[0]],
	hasOtherRows: false,
	tries: 1,
};

const PLAIN: Settings = {
	asks: 'always',
	image: 'address',
	hasClientRef: false,
	mode: 'poll',
	continues: false,
	timeoutSeconds: 60,
	isTool: false,
};

/** What differs from a plain day, as code for a test. */
export function written({ behavior: api, settings: node, executions }: History): string {
	const plain = { ...ONE, rounds: undefined, cut: undefined };
	return [
		differences(api, DOCUMENTED),
		differences(node, PLAIN),
		executions.map((each) => differences(each, plain)),
	]
		.map((each) => JSON.stringify(each))
		.join(', ');
}

function differences(given: object, usual: object): object {
	const known = new Map(Object.entries(usual));
	const isOther = ([key, value]: [string, unknown]) =>
		JSON.stringify(value) !== JSON.stringify(known.get(key));
	const entries = Object.entries(given).filter(isOther);
	return Object.fromEntries(entries.map(([k, v]) => [k, v === Infinity ? 'Infinity' : v]));
}
