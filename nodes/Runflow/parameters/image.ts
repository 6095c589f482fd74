import type { INodeProperties } from 'n8n-workflow';

const URL_HELP =
	'Address of the image: https://, a runflow://assets/ reference, or an inline data:image/';

const SOURCES = [
	{
		name: 'Binary File',
		value: 'binary',
		description:
			'A file that the previous node passes on, such as the output of an image generator',
	},
	{ name: 'URL', value: 'url', description: 'An address where Runflow can fetch the image' },
];

const referenceFields: INodeProperties[] = [
	{
		displayName: 'Source',
		name: 'source',
		type: 'options',
		options: SOURCES,
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
		description: 'What the reference shows, as your team calls it for this kind of task',
	},
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. The product as photographed for the catalogue',
		description: 'What the judges should compare the image with',
	},
];

/** What is to be judged: the image, the task it was made for and what it is compared with. */
export const imageFields: INodeProperties[] = [
	{
		displayName: 'Image Source',
		name: 'imageSource',
		type: 'options',
		options: SOURCES,
		default: 'url',
		description: 'Where the image to judge comes from',
	},
	{
		displayName: 'Generated Image URL',
		name: 'generatedImageUrl',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://example.com/image.png',
		description: URL_HELP,
		displayOptions: { show: { imageSource: ['url'] } },
	},
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		required: true,
		default: 'data',
		hint: 'The name of the input field containing the image file',
		displayOptions: { show: { imageSource: ['binary'] } },
	},
	{
		displayName: 'Task Type',
		name: 'taskType',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. product_photography',
		description:
			'What kind of image it is meant to be; Runflow chooses its judges by it. In use are, among others, headshot, product_photography and ad_creative.',
	},
	{
		displayName: 'Reference Images',
		name: 'referenceImages',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Reference Image',
		default: {},
		description: 'Up to four images that the judges compare the generated image with',
		options: [{ displayName: 'Reference Image', name: 'values', values: referenceFields }],
	},
];
