import type { Attempt } from '../api/attempt';
import { unrelatedFailure } from '../api/failure';
import type { Evaluation } from '../api/types';
import { isSameText } from './conflict';
import { makeKey } from './keys';
import type { Row } from './rows';
import { storedKey } from './store';
import type { Store } from './store';

interface Claim {
	clientRef?: string;
	questions: Set<string>;
}

/**
 * Which questions an evaluation is said to answer. An evaluation answers one, and carries the
 * reference that was sent with it (documented as echoed unchanged): else the answer is about
 * something else, and no row may have its verdict.
 */
export class Claims {
	private readonly byId = new Map<string, Claim>();
	/** Under which keys an earlier run of this execution's nodes had an evaluation. */
	private readonly earlier: Map<string, Set<string>>;

	constructor(store: Store) {
		this.earlier = store.keysById();
	}

	/** Whether the evaluation can be the answer to this row. */
	isPossible(row: Row, evaluation: Evaluation): boolean {
		const { client_ref } = row.submission.facts;
		return !isOfAnother(client_ref, evaluation) && !this.answersEarlier(row, evaluation);
	}

	/** Takes an evaluation down as the answer to this row. */
	add({ submission, question }: Row, id: string): void {
		const name = id.toLowerCase();
		const { client_ref: clientRef } = submission.facts;
		const claim = this.byId.get(name) ?? { clientRef, questions: new Set<string>() };
		claim.questions.add(question);
		this.byId.set(name, claim);
	}

	/** Whether an earlier run had it as the answer to something else, or an earlier round: the image may be another now. */
	private answersEarlier({ asker, question, ordinal }: Row, { id }: Evaluation): boolean {
		const keys = this.earlier.get(id.toLowerCase());
		if (keys === undefined) return false;
		const ofRound = Array.from({ length: ordinal.index + 1 }, (_, index) => ({
			...ordinal,
			index,
		}));
		return !ofRound.some((each) => keys.has(storedKey(makeKey(asker, question, each))));
	}

	/** Whether different questions were answered with this one evaluation. */
	isDisputed(id: string): boolean {
		return (this.byId.get(id.toLowerCase())?.questions.size ?? 0) > 1;
	}

	/** The answer to a look, unless it is about something else. */
	check(attempt: Attempt<Evaluation>): Attempt<Evaluation> {
		if (!attempt.ok) return attempt;
		const claim = this.byId.get(attempt.value.id.toLowerCase());
		if (!isOfAnother(claim?.clientRef, attempt.value)) return attempt;
		return {
			ok: false,
			failure: unrelatedFailure(attempt.value.id, 'retry'),
		};
	}
}

function isOfAnother(asked: string | undefined, { client_ref }: Evaluation): boolean {
	return asked !== undefined && typeof client_ref === 'string' && !isSameText(client_ref, asked);
}
