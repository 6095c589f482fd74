import type { EvaluationRequest } from '../api/types';
import type { MissingReference } from '../messages/withoutReference';
import { callbackUrl } from './callbackUrl';
import { isProblem } from './check';
import type { Checked } from './check';
import {
	clientRef,
	evaluationInstructions,
	generationPrompt,
	taskDescription,
} from './description';
import { evaluateAgain } from './evaluateAgain';
import { idempotencyKey } from './idempotencyKey';
import { readImage } from './image';
import type { Image } from './image';
import { inputAttributes } from './inputAttributes';
import { jobClass } from './jobClass';
import { readAll } from './parameter';
import { readReferences } from './referenceImages';
import type { Reference } from './referenceImages';
import { runId } from './runId';
import type { ItemSource, Source } from './source';
import { taskType } from './taskType';

/** One evaluation to submit, checked: only its files are not at Runflow yet. */
export interface Submission {
	image: Image;
	references: Reference[];
	/** Reference images that this row may lack, and lacks. */
	missingReferences?: MissingReference[];
	facts: Facts;
	/** The builder's own idempotency key; absent when there is none. */
	userKey?: string;
	evaluateAgain: 'always' | 'onChange';
}

export type Facts = Omit<EvaluationRequest, 'generated_image_url' | 'reference_images'>;

/** Reads and checks everything that one item wants submitted, without any request. */
export async function readSubmission(source: ItemSource): Promise<Checked<Submission>> {
	const image = await readImage(source);
	if (isProblem(image)) return image;
	const facts = readFacts(source);
	if (isProblem(facts)) return facts;
	const read = await readReferences(source);
	if (isProblem(read)) return read;
	const userKey = idempotencyKey.read(source);
	if (isProblem(userKey)) return userKey;
	const again = evaluateAgain.read(source);
	if (isProblem(again)) return again;
	return { image, ...read, facts, userKey: userKey || undefined, evaluateAgain: again };
}

function readFacts(source: Source): Checked<Facts> {
	const read = readAll<{ [Name in keyof Required<Facts>]: Facts[Name] }>(source, {
		task_type: taskType,
		task_description: taskDescription,
		generation_prompt: generationPrompt,
		evaluation_instructions: evaluationInstructions,
		job_class: jobClass,
		client_ref: clientRef,
		input_attributes: inputAttributes,
		run_id: runId,
		callback_url: callbackUrl,
	});
	if (isProblem(read)) return read;
	const { task_type, ...rest } = read;
	const set = Object.entries(rest).filter(([, value]) => value !== undefined && value !== '');
	return { task_type, ...Object.fromEntries(set) };
}
