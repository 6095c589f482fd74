import type { ApiFailure, Attempt } from '../api/attempt';
import type { Evaluation } from '../api/types';
import { parseBody } from '../callback/body';
import type { Decision } from '../callback/receiver';
import { describeFailure } from '../messages/failure';
import { shapeEvaluation } from '../verdict/shape';
import { verdictOf } from '../verdict/verdict';
import { isFinished } from '../waiting/rules';
import { findEvaluationIds } from './evaluationId';
import type { TriggerSettings } from './settings';

/** What a trigger needs to decide about a callback. */
export interface Trigger {
	settings: TriggerSettings;
	/** Which evaluations have started an execution. */
	deliveries: {
		isKnown(evaluationId: string): boolean;
		/** Remembers an evaluation; false when it was known already. */
		claim(evaluationId: string): boolean;
	};
	/** Asks the API for the first of these ids that it knows. */
	lookUp(ids: string[]): Promise<Attempt<Evaluation>>;
}

/**
 * Starts an execution for a callback that is about a finished evaluation of this organization,
 * wanted and new. The body is only a hint that carries an id: what comes out is what the API says.
 * Whatever could be different in a moment gets a status that makes Runflow deliver again.
 */
export async function decide(rawBody: Buffer, trigger: Trigger): Promise<Decision> {
	const { settings, deliveries } = trigger;
	const ids = findEvaluationIds(parseBody(rawBody));
	if (ids.length === 0) return nothing('warn', 422, 'The callback is not about an evaluation');
	if (settings.deduplicate && ids.some((id) => deliveries.isKnown(id))) return hasStarted();
	const attempt = await trigger.lookUp(ids);
	return attempt.ok ? startWith(attempt.value, trigger) : lookupFailed(attempt.failure);
}

function startWith(evaluation: Evaluation, { settings, deliveries }: Trigger): Decision {
	const { shape, events, deduplicate } = settings;
	if (!isFinished(evaluation)) return nothing('info', 425, 'The evaluation is not finished yet');
	if (!events.includes(verdictOf(evaluation, shape.criterion))) {
		return nothing('debug', 200, 'The workflow does not wait for this verdict');
	}
	const json = shapeEvaluation(evaluation, shape);
	if (deduplicate && !deliveries.claim(evaluation.id.toLowerCase())) return hasStarted();
	return { status: 200, message: 'The workflow starts', start: [[{ json }]] };
}

function lookupFailed(failure: ApiFailure): Decision {
	if (failure.reaction === 'missing')
		return nothing('warn', 404, 'The organization has no such evaluation');
	return {
		status: 503,
		message: 'The evaluation could not be looked up; deliver the callback again',
		log: {
			level: 'warn',
			text: `could not look up an evaluation and asked for another delivery: ${describeFailure(failure).message}`,
		},
	};
}

function hasStarted(): Decision {
	return nothing('debug', 200, 'The evaluation has started an execution before');
}

/** Answers the sender and tells n8n's log the same. */
function nothing(level: 'debug' | 'info' | 'warn', status: number, message: string): Decision {
	return { status, message, log: { level, text: `started nothing after a callback: ${message}` } };
}
