import { createHash } from 'node:crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isObject } from '../api/read';
import type { EvaluationRequest, ImageFile } from '../api/types';
import { readBinaryImage } from './imageFile';
import { checkImageReference } from './imageAddress';
import { isTool } from '../items/items';
import {
	asText,
	checkJsonObject,
	collectionParameter,
	isProblem,
	ParameterProblem,
	textParameter,
} from './check';
import type { Checked } from './check';

/** An image given by address, or a file that has to be uploaded first. */
export type Image = string | { field: string; file: ImageFile };

/** One evaluation to submit, checked: only its files are not at Runflow yet. */
export interface Submission {
	image: Image;
	references: Array<{ image: Image; kind?: string; description?: string }>;
	facts: Omit<EvaluationRequest, 'generated_image_url' | 'reference_images'>;
	idempotencyKey: string;
}

const MAX_REFERENCES = 4;
const MAX_KEY_LENGTH = 255;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const TEXT_FIELDS: Array<[parameter: string, field: keyof Submission['facts']]> = [
	['taskDescription', 'task_description'],
	['generationPrompt', 'generation_prompt'],
	['evaluationInstructions', 'evaluation_instructions'],
	['jobClass', 'job_class'],
	['clientRef', 'client_ref'],
];

/**
 * Reads and checks everything that one item wants submitted, without any request.
 * @param itemIndex item whose expressions count
 */
export async function readSubmission(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<Checked<Submission>> {
	const fields = collectionParameter(context, 'additionalFields', itemIndex);
	const image = await readImage(context, itemIndex, {
		source: textParameter(context, 'imageSource', itemIndex),
		url: () => textParameter(context, 'generatedImageUrl', itemIndex),
		field: () => textParameter(context, 'binaryPropertyName', itemIndex),
		label: 'Generated Image URL',
	});
	if (isProblem(image)) return image;
	const facts = readFacts(textParameter(context, 'taskType', itemIndex), fields);
	if (isProblem(facts)) return facts;
	const references = await readReferences(context, itemIndex);
	if (isProblem(references)) return references;
	const idempotencyKey =
		asText(fields.idempotencyKey) || derivedKey(context, itemIndex, { image, references, facts });
	if (idempotencyKey.length > MAX_KEY_LENGTH) {
		return new ParameterProblem(
			`'Idempotency Key' is longer than ${MAX_KEY_LENGTH} characters`,
			'Use a shorter key, for example the row number and the name of the image',
		);
	}
	return { image, references, facts, idempotencyKey };
}

function readFacts(taskType: string, fields: IDataObject): Checked<Submission['facts']> {
	if (taskType === '') {
		return new ParameterProblem(
			"'Task Type' is empty",
			'Say what kind of image it is meant to be, for example product_photography',
		);
	}
	const facts: Submission['facts'] = { task_type: taskType };
	for (const [parameter, field] of TEXT_FIELDS) {
		const text = asText(fields[parameter]);
		if (text !== '') Object.assign(facts, { [field]: text });
	}
	const attributes = checkJsonObject(fields.inputAttributes, 'Input Attributes');
	if (isProblem(attributes)) return attributes;
	if (attributes) facts.input_attributes = attributes;
	return addCallbackUrl(addRunId(facts, asText(fields.runId)), asText(fields.callbackUrl));
}

function addRunId(facts: Submission['facts'], runId: string): Checked<Submission['facts']> {
	if (runId === '') return facts;
	if (UUID.test(runId)) return { ...facts, run_id: runId };
	return new ParameterProblem(
		"'Run ID' is not the ID of a run",
		'The ID of a Runflow run looks like 0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b',
	);
}

function addCallbackUrl(
	facts: Checked<Submission['facts']>,
	url: string,
): Checked<Submission['facts']> {
	if (isProblem(facts) || url === '') return facts;
	if (/^https?:\/\/\S+$/.test(url)) return { ...facts, callback_url: url };
	return new ParameterProblem(
		"'Callback URL' is not a web address",
		'Copy the Production URL of a Runflow Trigger node; it starts with https://',
	);
}

async function readReferences(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<Checked<Submission['references']>> {
	const { values } = collectionParameter(context, 'referenceImages', itemIndex);
	const rows = Array.isArray(values) ? values.filter(isObject) : [];
	if (rows.length > MAX_REFERENCES) {
		return new ParameterProblem(
			`'Reference Images' has ${rows.length} images, but ${MAX_REFERENCES} is the most`,
			`Remove ${rows.length - MAX_REFERENCES} of them`,
		);
	}
	const references: Submission['references'] = [];
	for (const [at, row] of rows.entries()) {
		const image = await readImage(context, itemIndex, {
			source: asText(row.source) || 'url',
			url: () => asText(row.url),
			field: () => asText(row.binaryPropertyName) || 'data',
			label: `Reference Images > ${at + 1} > URL`,
		});
		if (isProblem(image)) return image;
		const kind = asText(row.kind) || undefined;
		references.push({ image, kind, description: asText(row.description) || undefined });
	}
	return references;
}

interface ImageParameters {
	source: string;
	url: () => string;
	field: () => string;
	label: string;
}

async function readImage(
	context: IExecuteFunctions,
	itemIndex: number,
	{ source, url, field, label }: ImageParameters,
): Promise<Checked<Image>> {
	if (source !== 'binary') return checkImageReference(url(), label);
	const name = field();
	const file = await readBinaryImage(context, itemIndex, name);
	return isProblem(file) ? file : { field: name, file };
}

/**
 * The same for every attempt of this item in this execution, n8n's Retry On Fail included, and
 * different for any other: execution ids are only unique within one n8n. As a tool of an AI agent
 * n8n counts every attempt as a run of its own, so there it is what is asked for that counts.
 */
function derivedKey(context: IExecuteFunctions, itemIndex: number, question: unknown): string {
	const run: unknown = isTool(context)
		? JSON.stringify(question)
		: context.evaluateExpression('{{ $runIndex }}', itemIndex);
	const place = [context.getInstanceId(), context.getExecutionId(), context.getNode().id, run];
	const hash = createHash('sha256').update([...place, itemIndex].join('|'));
	return `n8n-${hash.digest('hex').slice(0, 40)}`;
}
