import type { INodeProperties } from 'n8n-workflow';

import { isObject } from '../api/read';
import type { MissingReference } from '../messages/withoutReference';
import { isProblem, ParameterProblem } from './check';
import type { Checked } from './check';
import { hasImageAt, IMAGE_SOURCES, readImageAt, sourceKind, URL_HELP } from './image';
import type { Image, Place } from './image';
import { flag, longText, text } from './kinds';
import { readAt } from './parameter';
import type { Kind } from './parameter';
import type { ItemSource } from './source';
import { describe, isUnset } from './value';

const MOST = 4;
const LABEL = 'Reference Images';
const PATH = 'additionalFields.referenceImages';
const SKIP_LABEL = 'Skip If Empty';
const WITHOUT_IT = "To judge such rows without this reference, switch on its 'Skip If Empty'";

const fields: INodeProperties[] = [
	{
		displayName: 'Source',
		name: 'source',
		type: 'options',
		options: IMAGE_SOURCES,
		default: 'url',
	},
	{
		displayName: 'URL',
		name: 'url',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/packshot.png',
		description: URL_HELP,
		displayOptions: { show: { source: ['url'] } },
	},
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		hint: 'The name of the input field containing the file',
		displayOptions: { show: { source: ['binary'] } },
	},
	{
		displayName: 'Kind',
		name: 'kind',
		type: 'string',
		default: '',
		placeholder: 'e.g. source_face',
		description: 'A label for the reference, such as source_face',
	},
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. The product as photographed for the catalog',
		description: 'What the judges should compare the image with',
	},
	{
		displayName: SKIP_LABEL,
		name: 'skipIfEmpty',
		type: 'boolean',
		default: false,
		description:
			'Whether to judge an item without this reference when its URL is empty or it has no such file',
	},
];

export const referenceImages: INodeProperties = {
	displayName: LABEL,
	name: 'referenceImages',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Reference Image',
	default: {},
	description: 'Up to four images that the judges compare the generated image with',
	options: [{ displayName: 'Reference Image', name: 'values', values: fields }],
};

/** What the image is compared with. */
export interface Reference {
	image: Image;
	kind?: string;
	description?: string;
}

/** The references of one item, and those that it may lack, and lacks. */
export interface References {
	references: Reference[];
	missingReferences: MissingReference[];
}

/** Reads the references of one item, at most four. */
export async function readReferences(source: ItemSource): Promise<Checked<References>> {
	const count = countRows(source);
	if (isProblem(count)) return count;
	const references: Reference[] = [];
	const missingReferences: MissingReference[] = [];
	for (let at = 0; at < count; at++) {
		const reference = await readReference(source, at);
		if (isProblem(reference)) return reference;
		if ('image' in reference) references.push(reference);
		else missingReferences.push(reference);
	}
	return { references, missingReferences };
}

function countRows(source: ItemSource): Checked<number> {
	const collection = source.entered(PATH);
	const rows = isObject(collection) ? collection.values : collection;
	if (isObject(collection) && Object.keys(collection).length === 0) return nothingInIt();
	if (isUnset(rows)) return 0;
	if (!Array.isArray(rows) || !rows.every(isObject)) return notRows(rows);
	if (rows.length <= MOST) return rows.length;
	if (rows.every(isEmptyRow)) return notRows(rows);
	return new ParameterProblem(
		`'${LABEL}' has ${rows.length} images, but the maximum is ${MOST}`,
		`Remove ${rows.length - MOST} of them`,
	);
}

/** n8n makes an empty row of each character when the list as a whole is an expression. */
function isEmptyRow(row: unknown): boolean {
	return isObject(row) && isUnset(row.url) && isUnset(row.kind) && isUnset(row.description);
}

/** So n8n leaves the field where all of it is one expression: the images would be left out in silence. */
function nothingInIt(): ParameterProblem {
	return new ParameterProblem(
		`'${LABEL}' has no image`,
		'It cannot be one expression. Add the images one by one, each of which can be an expression, or remove the field',
	);
}

function notRows(rows: unknown): ParameterProblem {
	const isExpression = typeof rows === 'string' ? rows.startsWith('=') : Array.isArray(rows);
	return new ParameterProblem(
		`'${LABEL}' cannot be ${isExpression ? 'one expression' : describe(rows)}`,
		"Add the images one by one, each with its own 'URL' or 'Input Binary Field', which can be expressions",
	);
}

async function readReference(
	source: ItemSource,
	at: number,
): Promise<Checked<Reference | MissingReference>> {
	const place = (name: string, label: string) => ({
		path: `${PATH}.values[${at}].${name}`,
		label: `${LABEL} > ${at + 1} > ${label}`,
	});
	const read = <T>(name: string, label: string, kind: Kind<T>) =>
		readAt(source, place(name, label).path, place(name, label).label, kind);
	const from = read('source', 'Source', sourceKind);
	if (isProblem(from)) return from;
	const skips = read('skipIfEmpty', SKIP_LABEL, flag);
	if (isProblem(skips)) return skips;
	const places: [Place, Place] = [
		place('url', 'URL'),
		place('binaryPropertyName', 'Input Binary Field'),
	];
	const { path, label } = places[from === 'url' ? 0 : 1];
	if (skips === true && !hasImageAt(source, from, places)) {
		return { label, entered: source.entered(path) };
	}
	const image = await readImageAt(source, from, places);
	if (isProblem(image)) return image.lacks === undefined ? image : lacking(label);
	const kind = read('kind', 'Kind', text);
	if (isProblem(kind)) return kind;
	const description = read('description', 'Description', longText);
	if (isProblem(description)) return description;
	return { image, kind: kind || undefined, description: description || undefined };
}

function lacking(label: string): ParameterProblem {
	return new ParameterProblem(
		`'${label}' gives no image`,
		WITHOUT_IT,
		'reference image',
		WITHOUT_IT,
	);
}
