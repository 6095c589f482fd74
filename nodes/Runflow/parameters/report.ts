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
	/** Name of the binary field with the file that was judged. */
	imageField: string;
	/** Most characters of the message. */
	maximumTextLength: number;
	/** Names of fields of the items; undefined for none. */
	earlierVerdictField: string | undefined;
	groupByField: string | undefined;
	oneReportFor: string | undefined;
}

const DEFAULT_TITLE = 'Image report';
const DEFAULT_FIELD = 'report';
const DEFAULT_WORST = 5;
const MOST_WORST = 100;
const DEFAULT_LENGTH = 2_000;
const SHORTEST_TEXT = 200;
const LONGEST_TEXT = 40_000;
const DEFAULT_IMAGE = 'data';

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

const imageField = parameter(
	{
		displayName: 'Image File Field',
		name: 'imageField',
		type: 'string',
		default: DEFAULT_IMAGE,
		hint: 'The name of the input binary field with the image that was judged, for the contact sheet. It is used only where no address was judged.',
	},
	textOr(DEFAULT_IMAGE),
	'options',
);

const maximumTextLength = parameter(
	{
		displayName: 'Maximum Message Length',
		name: 'maximumTextLength',
		type: 'number',
		typeOptions: { minValue: SHORTEST_TEXT, maxValue: LONGEST_TEXT, numberPrecision: 0 },
		default: DEFAULT_LENGTH,
		description:
			'The most characters that the message may have: 2000 is the limit of Discord, 4000 leaves room in Telegram for the line that n8n adds, and 1024 is the limit of a Telegram caption. What does not fit is left out by whole lines.',
	},
	whole(withDefault(number({ min: SHORTEST_TEXT, max: LONGEST_TEXT }), DEFAULT_LENGTH)),
	'options',
);

const fieldName: Kind<string | undefined> = (value, asked) => text(value, asked) || undefined;

const earlierVerdictField = parameter(
	{
		displayName: 'Earlier Verdict Field',
		name: 'earlierVerdictField',
		type: 'string',
		requiresDataPath: 'single',
		default: '',
		placeholder: 'e.g. last_verdict',
		description:
			"Name of the field with the verdict that a row had before, to report what is newly failing and what recovered. Without it, the verdict in the row that 'Include Input Fields' added counts.",
	},
	fieldName,
	'options',
);

const groupByField = parameter(
	{
		displayName: 'Group By Field',
		name: 'groupByField',
		type: 'string',
		requiresDataPath: 'single',
		default: '',
		placeholder: 'e.g. campaign',
		description:
			'Name of a field, to add counts, pass rate, and cost for each of its values, the worst first',
	},
	fieldName,
	'options',
);

const oneReportFor = parameter(
	{
		displayName: 'One Report for Each',
		name: 'oneReportFor',
		type: 'string',
		requiresDataPath: 'single',
		default: '',
		placeholder: 'e.g. client',
		description:
			"Name of a field, to create a report of its own for each of its values. The value stands in 'report_for' of each report.",
	},
	fieldName,
	'options',
);

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		attachContactSheet.field,
		earlierVerdictField.field,
		groupByField.field,
		imageField.field,
		maximumTextLength.field,
		worstCount.field,
		oneReportFor.field,
		outputBinaryField.field,
	],
};

const mergeNotice: INodeProperties = {
	displayName:
		"To report on several outputs of a node at once, such as those of 'Split by Verdict', join them with a <b>Merge</b> node (mode Append) first. Otherwise n8n runs this node once for each output.",
	name: 'mergeNotice',
	type: 'notice',
	default: '',
};

export const reportFields = [mergeNotice, title.field, options];

export const reportSettings: Reader<ReportSettings> = {
	read: (source) =>
		readAll<ReportSettings>(source, {
			title,
			worstCount,
			attachContactSheet,
			outputBinaryField,
			imageField,
			maximumTextLength,
			earlierVerdictField,
			groupByField,
			oneReportFor,
		}),
};

function whole(kind: Kind<number>): Kind<number> {
	return (value, asked) => {
		const read = kind(value, asked);
		return isProblem(read) ? read : Math.floor(read);
	};
}
