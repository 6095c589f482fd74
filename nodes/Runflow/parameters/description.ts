import { longText, text, upTo } from './kinds';
import { parameter } from './parameter';

const COLLECTION = 'additionalFields';

export const clientRef = parameter(
	{
		displayName: 'Client Ref',
		name: 'clientRef',
		type: 'string',
		default: '',
		placeholder: 'e.g. SKU-4711',
		description:
			'Your own reference, such as a product number: every result includes it. Not the place of a row, which changes when rows move.',
	},
	upTo(255, text, 'Use a shorter reference, for example a product number'),
	COLLECTION,
);

export const evaluationInstructions = parameter(
	{
		displayName: 'Evaluation Instructions',
		name: 'evaluationInstructions',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. The logo must be undistorted',
		description: 'What the judges should focus on',
	},
	longText,
	COLLECTION,
);

export const generationPrompt = parameter(
	{
		displayName: 'Generation Prompt',
		name: 'generationPrompt',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. White sneaker, soft studio light',
		description:
			'The prompt the image was generated from, so that Runflow can check how well the image follows it',
	},
	longText,
	COLLECTION,
);

export const taskDescription = parameter(
	{
		displayName: 'Task Description',
		name: 'taskDescription',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. Catalog shot of a white sneaker on gray',
		description: 'What the image is meant to show, in a sentence',
	},
	longText,
	COLLECTION,
);
