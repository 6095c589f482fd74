import type { ApiFailure } from '../api/attempt';
import type { Asking } from './asking';
import type { RowState } from './row';
import type { Row } from './rows';
import type { Ending } from './types';

/** The id of the evaluation that is known to exist. */
export function idOf(outcome: Ending): string | undefined {
	switch (outcome.kind) {
		case 'done':
		case 'open':
			return outcome.evaluation.id;
		case 'failed':
			return outcome.failure.reaction === 'missing' ? undefined : outcome.id;
		case 'timedOut':
		case 'notAwaited':
		case 'refused':
			return outcome.id;
		default:
			return undefined;
	}
}

/** Whether nobody waits any more for an evaluation that goes on. */
export function isGivenUp({ kind }: Ending): boolean {
	return kind === 'timedOut' || kind === 'notAwaited' || kind === 'failed';
}

/**
 * What the rows know, however early the batch ended: what is known to exist is neither unsubmitted
 * nor left to be paid for, and what may have been accepted was not surely left out.
 */
export function withWhatIsKnown(
	outcomes: Map<number, Ending>,
	rows: Map<number, Row>,
	asking: Pick<Asking, 'stateOf' | 'refusalOf' | 'mayExist'>,
): void {
	for (const [itemIndex, row] of rows) {
		const outcome = outcomes.get(itemIndex);
		if (outcome === undefined) continue;
		const state = asking.stateOf(row);
		const refusal = asking.refusalOf(row);
		if (refusal !== undefined) outcomes.set(itemIndex, { kind: 'refused', refusal });
		else outcomes.set(itemIndex, withKnownId(outcome, state, asking.mayExist(row)));
	}
}

function withKnownId(outcome: Ending, state: RowState, mayExist: boolean): Ending {
	const id = idInState(state);
	switch (outcome.kind) {
		case 'refused':
			return { ...outcome, id, mayExist };
		case 'failed':
			return { ...outcome, failure: own(outcome.failure, mayExist), id: outcome.id ?? id };
		case 'notSubmitted': {
			const { failure } = outcome;
			if (id !== undefined) return { kind: 'notAwaited', failure, id };
			const others = { ...failure, isOthers: true, mayBeAccepted: mayExist };
			return { kind: mayExist ? 'failed' : 'notSubmitted', failure: others };
		}
		default:
			return outcome;
	}
}

/** A submit without an answer says by itself that it may have been accepted. */
function own(failure: ApiFailure, mayExist: boolean): ApiFailure {
	const saysSo = failure.purpose.isSubmit === true && failure.reaction === 'retry';
	return { ...failure, mayBeAccepted: mayExist && !saysSo };
}

function idInState(state: RowState): string | undefined {
	if (state.kind === 'noted') return state.evaluation.id;
	return 'id' in state ? state.id : undefined;
}
