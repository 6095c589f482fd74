import type { INodeProperties } from 'n8n-workflow';

import { masked } from '../api/mask';
import type { ImageFile } from '../api/types';
import { isProblem } from './check';
import type { Checked } from './check';
import { imageAddress } from './imageAddress';
import { imageFile } from './imageFile';
import { choice, text } from './kinds';
import { hasFile } from './fileObject';
import { parameter, readAt, withDefault } from './parameter';
import type { Kind, Reader } from './parameter';
import type { ItemSource } from './source';
import { isUnset } from './value';

/** An image given by address, or a file that has to be uploaded first. */
export type Image = string | ImageFile;

export const URL_HELP =
	'URL of the image. Accepts https:// URLs, runflow://assets/ references, and data:image/ URIs.';

export const IMAGE_SOURCES = [
	{
		name: 'Binary File',
		value: 'binary',
		description: 'A file from the previous node, such as the output of an image generator',
	},
	{ name: 'URL', value: 'url', description: 'A link to the image that Runflow can open' },
];

export const sourceKind = withDefault(choice('binary', 'url'), 'url');

const imageSource = parameter(
	{
		displayName: 'Image Source',
		name: 'imageSource',
		type: 'options',
		options: IMAGE_SOURCES,
		default: 'url',
		description: 'Where the image to judge comes from',
	},
	sourceKind,
);

const generatedImageUrl: INodeProperties = {
	displayName: 'Generated Image URL',
	name: 'generatedImageUrl',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. https://example.com/image.png',
	description: URL_HELP,
	displayOptions: { show: { imageSource: ['url'] } },
};

const binaryPropertyName: INodeProperties = {
	displayName: 'Input Binary Field',
	name: 'binaryPropertyName',
	type: 'string',
	required: true,
	default: 'data',
	hint: 'The name of the input field containing the image file',
	displayOptions: { show: { imageSource: ['binary'] } },
};

/** Where the image to judge comes from. */
export const imageFields = [imageSource.field, generatedImageUrl, binaryPropertyName];

/** The image to judge, checked: its file is not at Runflow yet. */
export async function readImage(source: ItemSource): Promise<Checked<Image>> {
	const from = imageSource.read(source);
	if (isProblem(from)) return from;
	return await readImageAt(source, from, [
		{ path: generatedImageUrl.name, label: generatedImageUrl.displayName },
		{ path: binaryPropertyName.name, label: binaryPropertyName.displayName },
	]);
}

const LONGEST_SHOWN = 2_048;

/** The address as it was given, also one that cannot be used, without its secrets; '' where there is none. */
export const givenAddress: Reader<string> = {
	read: (source) => {
		const { name, displayName } = generatedImageUrl;
		const address = readAt(source, name, displayName, imageAddress);
		if (!isProblem(address)) return address.length > LONGEST_SHOWN ? '' : address;
		const refused = readAt(source, name, displayName, text);
		return isProblem(refused) || refused.length > LONGEST_SHOWN ? '' : masked(refused);
	},
};

export interface Place {
	path: string;
	label: string;
}

/** Reads an image from one of two places: the address's or the file's. */
export async function readImageAt(
	source: ItemSource,
	from: 'binary' | 'url',
	[url, file]: [url: Place, file: Place],
): Promise<Checked<Image>> {
	if (from === 'url') return readAt(source, url.path, url.label, imageAddress);
	return await imageFile(source, file.path, file.label);
}

/** Whether there is an address, or a file in a field of that name; what cannot be read is there. */
export function hasImageAt(
	source: ItemSource,
	from: 'binary' | 'url',
	[url, file]: [url: Place, file: Place],
): boolean {
	if (from === 'binary') return hasFile(source, file.path);
	const isSet: Kind<boolean> = (value) => !isUnset(value);
	return readAt(source, url.path, url.label, isSet) !== false;
}
