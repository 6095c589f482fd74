import type { INodeProperties } from 'n8n-workflow';

import { isProblem } from './check';
import { flag, number, text } from './kinds';
import { parameter, readAll, withDefault } from './parameter';
import type { Kind, Reader } from './parameter';

/** How a report is to be made, read once for all items. */
export interface ReportSettings {
	title: string;
	worstCount: number;
	attachContactSheet: boolean;
	/** Name of the binary field for the contact sheet. */
	outputBinaryField: string;
}

const DEFAULT_TITLE = 'Image report';
const DEFAULT_FIELD = 'report';
const DEFAULT_WORST = 5;
const MOST_WORST = 100;

const textOr =
	(fallback: string): Kind<string> =>
	(value, asked) =>
		text(value, asked) || fallback;

const title = parameter(
	{
		displayName: 'Title',
		name: 'title',
		type: 'string',
		default: DEFAULT_TITLE,
		placeholder: 'e.g. Nightly audit',
		description: 'Starts the message and stands at the top of the contact sheet',
	},
	textOr(DEFAULT_TITLE),
);

const attachContactSheet = parameter(
	{
		displayName: 'Attach Contact Sheet',
		name: 'attachContactSheet',
		type: 'boolean',
		default: true,
		description:
			'Whether to add an HTML file that shows every image with its verdict, to open in a browser or to send along',
	},
	withDefault(flag, true),
	'options',
);

const worstCount = parameter(
	{
		displayName: 'Number of Worst Images',
		name: 'worstCount',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: MOST_WORST, numberPrecision: 0 },
		default: DEFAULT_WORST,
		description: 'How many of the images that did not pass to name in the message',
	},
	whole(withDefault(number({ min: 0, max: MOST_WORST }), DEFAULT_WORST)),
	'options',
);

const outputBinaryField = parameter(
	{
		displayName: 'Put Output File in Field',
		name: 'outputBinaryField',
		type: 'string',
		default: DEFAULT_FIELD,
		hint: 'The name of the output binary field to put the contact sheet in',
	},
	textOr(DEFAULT_FIELD),
	'options',
);

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [attachContactSheet.field, worstCount.field, outputBinaryField.field],
};

export const reportFields = [title.field, options];

export const reportSettings: Reader<ReportSettings> = {
	read: (source) =>
		readAll<ReportSettings>(source, { title, worstCount, attachContactSheet, outputBinaryField }),
};

function whole(kind: Kind<number>): Kind<number> {
	return (value, asked) => {
		const read = kind(value, asked);
		return isProblem(read) ? read : Math.floor(read);
	};
}
