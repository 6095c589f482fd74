import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { CALLBACK_LIMIT_MS } from '../../api/policy';
import type { Evaluation } from '../../api/types';
import { namedIn } from '../../callback/evaluationIds';
import type { Decision } from '../../callback/handle';
import { describeFailure } from '../../messages/failure';
import { PLAIN_SHAPE } from '../../parameters/verdict';
import { billedOnce } from '../../verdict/billed';
import { shapeEvaluation } from '../../verdict/shape';
import { inOutputs } from '../../verdict/split';
import { linked } from './links';
import { lookUntilOpen } from './look';
import type { ParkedState, Sight } from './look';
import type { Parked } from './record';

/** A parked run of the node, as a callback finds it. */
export interface ParkedRun {
	/** What was stored when it was parked; undefined when that cannot be read. */
	parked: Parked | undefined;
	/** The items that n8n stored with it, one a row. */
	readItems(): INodeExecutionData[];
	sight(parked: Parked): Promise<Sight>;
	/** Milliseconds since 1970. */
	now(): number;
	/** Whether another callback has just made it go on. */
	isGoingOn(parked: Parked): boolean;
	/** This callback makes it go on. */
	claim(parked: Parked): void;
}

/**
 * Looks at the parked evaluations: the execution goes on with its items once all are finished. The
 * body is no more than a hint which one to look at first. Whatever stands in the way of a look, the
 * execution stays parked and Runflow delivers again.
 */
export async function decideResume(rawBody: Buffer, run: ParkedRun): Promise<Decision> {
	const { parked } = run;
	if (parked === undefined) return lookAgain('found nothing to read of what was parked');
	const missed = () => {
		if (run.now() >= parked.until) return TOO_LATE;
		return run.isGoingOn(parked) ? ALREADY : undefined;
	};
	const early = missed();
	if (early !== undefined) return early;
	const ids = parked.ids.filter((id): id is string => id !== null);
	const named = namedIn(rawBody, ids);
	const state = await lookUntilOpen(ids, named, await run.sight(parked), CALLBACK_LIMIT_MS);
	if (state.kind === 'unavailable') return unavailable(state);
	if (state.kind === 'open') return stillOpen(state, named);
	const items = finishedItems(run.readItems(), parked, state.evaluations);
	return {
		status: 200,
		message: 'The execution goes on',
		start: parked.split ? linked(inOutputs(items)) : [items],
		claim: () => {
			const late = missed();
			if (late === undefined) run.claim(parked);
			return late;
		},
	};
}

/** No 2xx: should n8n fail to let the execution go on, it takes another callback. */
const ALREADY: Decision = {
	status: 503,
	message: 'Another callback has just made the execution go on',
};

/** n8n passes the items on without a verdict soon. */
const TOO_LATE: Decision = {
	status: 503,
	message: 'The time to wait is over',
	log: { level: 'info', text: "got a callback after the timeout: 'Get' reads the verdicts" },
};

function unavailable({ failure }: ParkedState & { kind: 'unavailable' }): Decision {
	const why = failure
		? describeFailure(failure).message
		: 'there was not enough time, or not the right answer';
	return lookAgain(`could not look up all evaluations for a callback: ${why}`);
}

/**
 * Runflow calls about finished evaluations alone, whatever words it finds for that: one that it names
 * and shows as open, or does not know, is worth another delivery.
 */
function stillOpen({ id, isUnknown }: ParkedState & { kind: 'open' }, named: string[]): Decision {
	const message = 'It is not finished yet for those who look; deliver again';
	if (isUnknown) {
		const text =
			'got a callback, but Runflow does not know an evaluation of this execution: does the credential belong to another account than the one that submitted it?';
		return { status: 503, message, log: { level: 'warn', text } };
	}
	if (named.includes(id)) return { status: 503, message };
	return { status: 200, message: 'Others are not finished yet' };
}

function lookAgain(text: string): Decision {
	return {
		status: 503,
		message: 'Not all evaluations could be looked up; deliver again',
		log: { level: 'warn', text },
	};
}

/** One item for each row that was parked, whatever else n8n has stored. */
function finishedItems(
	stored: INodeExecutionData[],
	{ ids, shapes, unbilled }: Parked,
	evaluations: Map<string, Evaluation>,
): INodeExecutionData[] {
	const items = ids.map((id, row) => {
		const item: INodeExecutionData = stored[row] ?? { json: {} };
		const pairedItem = { item: row };
		const evaluation = evaluations.get(id?.toLowerCase() ?? '');
		if (evaluation === undefined)
			return { ...item, json: rowWithoutVerdict(item.json), pairedItem };
		const { input } = item.json;
		const isBilled = !unbilled.includes(row);
		const shaped = shapeEvaluation(evaluation, shapes[row] ?? PLAIN_SHAPE, { isBilled });
		return { ...item, json: { ...shaped, ...(input !== undefined && { input }) }, pairedItem };
	});
	return billedOnce(items);
}

const UNJUDGED: IDataObject = {
	...{ verdict: 'no_verdict', passed: false },
	...{ overall_passed: null, weighted_pass_rate: null },
};

/** Of a row without an evaluation nothing is passed on that could be taken for a verdict. */
function rowWithoutVerdict(json: IDataObject): IDataObject {
	if (json.error === undefined) return { ...UNJUDGED, reason: 'Nothing is known of an evaluation' };
	const silenced = Object.entries(UNJUDGED).filter(([name]) => name in json);
	return { ...json, ...Object.fromEntries(silenced) };
}
