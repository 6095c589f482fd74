import type { ApiFailure, Attempt } from '../api/attempt';
import { momentAt } from '../api/read';
import type { Evaluation } from '../api/types';
import { describeBody, findEvaluationIds } from '../callback/evaluationIds';
import type { Decision } from '../callback/handle';
import { describeFailure } from '../messages/failure';
import { shapeEvaluation } from '../verdict/shape';
import { verdictOf } from '../verdict/verdict';
import { isFinished } from '../waiting/rules';
import { leadsTo } from './callbackUrl';
import type { TriggerSettings } from './settings';

const DAY_MS = 86_400_000;

/** What a trigger needs to decide about a callback. */
export interface Trigger {
	settings: TriggerSettings;
	/** The part of its path that is its own. */
	ownPath: string;
	/** Which evaluations have started an execution. */
	deliveries: {
		isKnown(evaluationId: string): boolean;
		/** Remembers an evaluation; false when it was known already. */
		claim(evaluationId: string): boolean;
	};
	/** Asks the API for the first of these ids that it knows; undefined when it must not be asked now. */
	lookUp(ids: string[]): Promise<Attempt<Evaluation> | undefined>;
	/** Milliseconds since 1970. */
	now(): number;
}

/**
 * Starts an execution for a callback that is about a finished evaluation of this organization, sent
 * to this trigger, wanted, new and not old. The body is only a hint that carries an id: what comes
 * out is what the API says. Whatever could be different in a moment gets a status that makes Runflow
 * deliver again.
 */
export async function decideStart(rawBody: Buffer, trigger: Trigger): Promise<Decision> {
	const { verification, deduplicate } = trigger.settings;
	const ids = findEvaluationIds(rawBody);
	if (ids.length === 0) return notAboutOne(rawBody);
	const isKnown = deduplicate && ids.every((id) => trigger.deliveries.isKnown(id));
	const decision = isKnown ? hasStarted() : await decideAbout(ids, trigger);
	return verification === 'lookup' ? alike(decision) : decision;
}

/**
 * Without a signature anybody may ask: which evaluations exist, and which are still open or meant
 * for something else, is told to nobody.
 */
function alike(decision: Decision): Decision {
	if (decision.status !== 200) return { ...decision, status: 503, message: DELIVER_AGAIN };
	const claim = () => {
		const other = decision.claim?.();
		return other && alike(other);
	};
	return { ...decision, claim, message: 'The callback was received' };
}

async function decideAbout(ids: string[], trigger: Trigger): Promise<Decision> {
	const attempt = await trigger.lookUp(ids);
	if (attempt === undefined) return tooManyUnsigned();
	if (!attempt.ok) return lookupFailed(attempt.failure);
	const { settings, ownPath } = trigger;
	const { callback_url } = attempt.value;
	if (typeof callback_url !== 'string' || callback_url === '') {
		return settings.verification === 'signature' ? startWith(attempt.value, trigger) : unproven();
	}
	const isForThis = leadsTo(callback_url, ownPath, settings.relayUrl);
	return isForThis ? startWith(attempt.value, trigger) : forAnother();
}

function startWith(evaluation: Evaluation, trigger: Trigger): Decision {
	const { shape, events, deduplicate } = trigger.settings;
	if (!isFinished(evaluation)) return nothing('info', 425, 'The evaluation is not finished yet');
	if (isTooOld(evaluation, trigger)) {
		return nothing('warn', 200, "The evaluation ended longer ago than 'Maximum Age (Days)' allows");
	}
	if (events.length === 0)
		return deliverAgain('warn', "asked for another delivery: 'Trigger On' names no verdict");
	if (!events.includes(verdictOf(evaluation, shape.criterion))) {
		return nothing('debug', 200, 'The workflow does not wait for this verdict');
	}
	const json = shapeEvaluation(evaluation, shape);
	const claim = () =>
		deduplicate && !trigger.deliveries.claim(evaluation.id.toLowerCase())
			? hasStarted()
			: undefined;
	return { status: 200, message: 'The workflow starts', start: [[{ json }]], claim };
}

/** A signature carries no time: what was genuine once could be sent again for ever. */
function isTooOld({ completed_at, submitted_at }: Evaluation, { settings, now }: Trigger): boolean {
	const [endedAt = NaN] = [completed_at, submitted_at]
		.map(momentAt)
		.filter((ms) => !Number.isNaN(ms));
	return settings.maximumAgeDays > 0 && now() - endedAt > settings.maximumAgeDays * DAY_MS;
}

function lookupFailed(failure: ApiFailure): Decision {
	if (failure.reaction === 'missing') {
		return nothing('warn', 404, 'The organization has no such evaluation');
	}
	const { message } = describeFailure(failure);
	return deliverAgain(
		'warn',
		`could not look up an evaluation and asked for another delivery: ${message}`,
	);
}

function notAboutOne(rawBody: Buffer): Decision {
	const decision = nothing('warn', 422, 'The callback is not about an evaluation');
	const text = `started nothing after a callback: it names no evaluation, ${describeBody(rawBody)}`;
	return { ...decision, log: { level: 'warn', text } };
}

/** Where the API names no callback URL, only a signature shows that Runflow sent the callback. */
function unproven(): Decision {
	const message =
		"Runflow does not say which callback URL the evaluation was submitted with: set 'Verification' to Signature";
	return nothing('warn', 403, message);
}

function forAnother(): Decision {
	const message = 'The evaluation was submitted without the callback URL of this trigger';
	return nothing('warn', 403, message);
}

function tooManyUnsigned(): Decision {
	return deliverAgain(
		'warn',
		'got too many callbacks without a signature and asked for another delivery',
	);
}

const DELIVER_AGAIN = 'The evaluation could not be looked up; deliver the callback again';

function deliverAgain(level: 'warn', text: string): Decision {
	return { status: 503, message: DELIVER_AGAIN, log: { level, text } };
}

function hasStarted(): Decision {
	return nothing('debug', 200, 'This evaluation already started an execution');
}

/** Answers the sender and tells n8n's log the same. */
function nothing(level: 'debug' | 'info' | 'warn', status: number, message: string): Decision {
	return { status, message, log: { level, text: `started nothing after a callback: ${message}` } };
}
