import type { INodeExecutionData } from 'n8n-workflow';

import type { Evaluated, Plan } from '../billing/types';
import {
	buildingNote,
	foundNote,
	leftOutNote,
	sameImagesNote,
	submittedNote,
} from '../messages/batch';
import { sentences } from '../messages/sentences';
import { filesOf } from '../parameters/fileObject';
import type { Submission } from '../parameters/submission';
import { describeOne, summarize } from '../verdict/summary';
import { verdictOf } from '../verdict/verdict';
import { isSubmitting } from './emptyRows';
import type { Batch } from './items';

/** What a run leaves above its output: what came of it and what it cost. */
export function addHint(batch: Batch, evaluated: Evaluated, durationMs: number): void {
	const { desk, plans, problems, goal } = batch;
	const leftOut = leftOutNote(
		isSubmitting(desk) ? 'submitted' : 'read',
		problems.map((problem) => problem.message),
	);
	const message =
		goal.until === 'accepted'
			? sentences(afterSubmit(plans, evaluated), leftOut, sameImages(plans))
			: afterVerdicts(batch, evaluated, durationMs, leftOut);
	if (message !== '') desk.hint(message);
}

function afterSubmit(plans: Map<number, Plan>, { outcomes, wasThere }: Evaluated): string {
	const accepted = [...plans].filter(([itemIndex]) => {
		const kind = outcomes.get(itemIndex)?.kind;
		return kind === 'open' || kind === 'done';
	});
	if (accepted.length === 0) return '';
	const urls = accepted.map(([, plan]) => submissionOf(plan)?.facts.callback_url ?? '');
	const found = accepted.filter(([itemIndex]) => wasThere(itemIndex)).length;
	return sentences(submittedNote(accepted.length, urls), foundNote(found));
}

function afterVerdicts(
	{ desk, plans, isSplit = false }: Batch,
	evaluated: Evaluated,
	durationMs: number,
	leftOut: string | undefined,
): string {
	const counted = new Set<string>();
	const judged = [...plans].flatMap(([itemIndex, { shape }]) => {
		const outcome = evaluated.outcomes.get(itemIndex);
		if (outcome?.kind !== 'done') return [];
		const { evaluation } = outcome;
		const wasThere = evaluated.wasThere(itemIndex);
		const isCounted = wasThere || counted.has(evaluation.id.toLowerCase());
		const cost = isCounted ? null : evaluation.cost;
		counted.add(evaluation.id.toLowerCase());
		const { criterion } = shape;
		const verdict = verdictOf(evaluation, criterion);
		return { evaluation, criterion, verdict, cost, wasThere };
	});
	const [only] = judged;
	// With files in the output n8n opens the Binary tab, where no verdict is.
	const isHidden = [...plans.keys()].some((itemIndex) => hasFiles(desk.rows[itemIndex]));
	const sums = plans.size > 0 ? summarize(judged, plans.size, durationMs) : undefined;
	const isOne = plans.size === 1 && only !== undefined;
	const summary = isHidden && isOne ? describeOne(only) : sums;
	const where =
		isHidden && !isOne && sums !== undefined
			? 'Verdict and reason are on the Table tab'
			: undefined;
	const found = foundNote(judged.filter(({ wasThere }) => wasThere).length);
	const hasCost = judged.some(({ cost }) => Number(cost) > 0);
	const anew = desk.mode === 'manual' ? [...plans.values()].filter(asksAnew) : [];
	const isBilledAgain = hasCost && anew.length > 0;
	const building = isBilledAgain ? buildingNote(!isSplit, anew.every(hasAddress)) : undefined;
	return sentences(summary, leftOut, where, sameImages(plans), found, building);
}

function hasFiles(row: INodeExecutionData | undefined): boolean {
	return row !== undefined && Object.keys(filesOf(row) ?? {}).length > 0;
}

function submissionOf(plan: Plan): Submission | undefined {
	return 'submission' in plan ? plan.submission : undefined;
}

/** Files are not compared: each may be another. */
function sameImages(plans: Map<number, Plan>): string | undefined {
	const images = [...plans.values()].map((plan) => submissionOf(plan)?.image);
	const addresses = images.filter((image) => typeof image === 'string');
	return addresses.length === images.length ? sameImagesNote(addresses) : undefined;
}

function hasAddress(plan: Plan): boolean {
	return typeof submissionOf(plan)?.image === 'string';
}

/** Whether the next execution has it evaluated again, though nothing changed. */
function asksAnew(plan: Plan): boolean {
	const submission = submissionOf(plan);
	return submission?.evaluateAgain === 'always' && submission.userKey === undefined;
}
