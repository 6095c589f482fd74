import type { Attempt } from '../api/attempt';
import { unrelatedFailure } from '../api/failure';
import type { Evaluation } from '../api/types';
import { idempotencyKey } from './keys';
import { shortened } from './memory';
import type { ExecutionMemory } from './memory';
import type { Row } from './rows';

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

	constructor(memory: ExecutionMemory) {
		this.earlier = memory.keysById();
	}

	/** Whether the evaluation can be the answer to this row; takes it down as such. */
	accept(row: Row, evaluation: Evaluation): boolean {
		const { submission, question } = row;
		const clientRef = submission.facts.client_ref;
		if (isOfAnother(clientRef, evaluation) || this.answersEarlier(row, evaluation)) return false;
		const name = evaluation.id.toLowerCase();
		const claim = this.byId.get(name) ?? { clientRef, questions: new Set<string>() };
		claim.questions.add(question);
		this.byId.set(name, claim);
		return true;
	}

	/** Whether an earlier run had it as the answer to something else. */
	private answersEarlier({ asker, question, ordinal }: Row, { id }: Evaluation): boolean {
		const keys = this.earlier.get(id.toLowerCase());
		if (keys === undefined) return false;
		const counts = Array.from({ length: ordinal + 1 }, (_, count) => count);
		return !counts.some((count) => keys.has(shortened(idempotencyKey(asker, question, count))));
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
	return asked !== undefined && typeof client_ref === 'string' && client_ref !== asked;
}
