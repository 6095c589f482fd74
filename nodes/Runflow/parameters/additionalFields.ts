import type { INodeProperties } from 'n8n-workflow';

import { callbackUrl } from './callbackUrl';
import {
	clientRef,
	evaluationInstructions,
	generationPrompt,
	taskDescription,
} from './description';
import { evaluateAgain } from './evaluateAgain';
import { idempotencyKey } from './idempotencyKey';
import { inputAttributes } from './inputAttributes';
import { jobClass } from './jobClass';
import { maximumCost } from './maximumCost';
import { referenceImages } from './referenceImages';
import { runId } from './runId';

/** What may be said about an evaluation beyond the image and the task type. */
export const additionalFields: INodeProperties = {
	displayName: 'About the Evaluation',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		callbackUrl.field,
		clientRef.field,
		evaluateAgain.field,
		evaluationInstructions.field,
		generationPrompt.field,
		idempotencyKey.field,
		inputAttributes.field,
		jobClass.field,
		maximumCost.field,
		referenceImages,
		runId.field,
		taskDescription.field,
	],
};
