import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { refuseAll } from '../items/items';
import { sentences } from '../messages/sentences';
import { isProblem, ParameterProblem } from '../parameters/check';
import { reportFields, reportSettings } from '../parameters/report';
import type { ReportSettings } from '../parameters/report';
import { batchSource } from '../parameters/source';
import { fieldOf, groupOf } from '../verdict/columns';
import { grouped } from '../verdict/decimals';
import { contactSheet } from '../verdict/page/page';
import { makeReport } from '../verdict/report';
import { headline } from '../verdict/reportText';
import type { Operation } from './operation';
import { addPictures } from './reportPictures';
import { coveredOutput } from './reportOutput';

export const createReport: Operation = {
	option: {
		name: 'Create Report',
		value: 'createReport',
		action: 'Create report',
		description:
			'Sum up all input items in one: counts, cost, what changed, the worst images, a message for a chat, and a contact sheet',
	},
	fields: reportFields,
	async execute(context) {
		const settings = reportSettings.read(batchSource(context));
		if (isProblem(settings)) return refuseAll(context, settings);
		const parts = partsOf(context, settings);
		if (isProblem(parts)) return refuseAll(context, parts);
		const covers = coveredOutput(context);
		const made: Made[] = [];
		for (const part of parts) made.push(await reportOn(context, part, settings, covers));
		showWhatIsWhere(context, made, settings, covers);
		return [made.map(({ item }) => item)];
	},
};

/** The items that one report is about, by their places. */
interface Part {
	/** What the field for which there are several reports says; undefined for one report. */
	of?: string;
	places: number[];
}

interface Made {
	item: INodeExecutionData;
	result: string;
	changed: number;
}

/** All items together, or those of each value of the field, in the order in which they come. */
function partsOf(
	context: IExecuteFunctions,
	{ oneReportFor: field }: ReportSettings,
): Part[] | ParameterProblem {
	const items = context.getInputData();
	if (field === undefined) return [{ places: [...items.keys()] }];
	if (!items.some(({ json }) => fieldOf(json, field) !== undefined)) {
		return new ParameterProblem(
			"No item has the field that 'One Report for Each' names",
			`It is '${field}'. Enter the name of a field of the items, such as client, not its value`,
		);
	}
	const parts = new Map<string, number[]>();
	for (const [place, { json }] of items.entries()) {
		const value = groupOf(json, field);
		const places = parts.get(value);
		if (places === undefined) parts.set(value, [place]);
		else places.push(place);
	}
	return [...parts].map(([of, places]) => ({ of, places }));
}

async function reportOn(
	context: IExecuteFunctions,
	{ of, places }: Part,
	settings: ReportSettings,
	covers: string | undefined,
): Promise<Made> {
	const input = context.getInputData();
	const title = of === undefined || of === '' ? settings.title : `${settings.title}, ${of}`;
	const jsons = places.map((place) => input[place]?.json ?? {});
	const { report, figures, entries } = makeReport(jsons, { ...settings, title, covers });
	const item: INodeExecutionData = {
		json: { ...report, ...(of !== undefined && { report_for: of }) },
		pairedItem: places.map((place) => ({ item: place })),
	};
	const made = { item, result: headline(figures, entries), changed: report.changed };
	if (!settings.attachContactSheet) return made;
	await addPictures(context, entries, places, settings.imageField);
	const sheet = await context.helpers.prepareBinaryData(
		Buffer.from(contactSheet(figures, entries, dateText(context.getTimezone()))),
		`${fileName(title)}.html`,
		'text/html',
	);
	return { ...made, item: { ...item, binary: { [settings.outputBinaryField]: sheet } } };
}

/** With a file in the output, n8n opens the Binary tab, where none of the figures are. */
function showWhatIsWhere(
	context: IExecuteFunctions,
	made: Made[],
	{ attachContactSheet, earlierVerdictField, groupByField }: ReportSettings,
	covers: string | undefined,
): void {
	const [first] = made;
	const changed = made.filter(({ changed: count }) => count > 0).length;
	const result =
		made.length === 1
			? first?.result
			: `${grouped(made.length)} reports, ${grouped(changed)} with changes since last time`;
	const sheet = attachContactSheet ? ', and the contact sheet is the file on the Binary tab' : '';
	const merge =
		covers === undefined
			? undefined
			: `This report is about ${covers} alone. To report on all outputs, join them with a Merge node first`;
	const items = context.getInputData();
	const missing = [earlierVerdictField, groupByField].filter(
		(field) => field !== undefined && !items.some(({ json }) => fieldOf(json, field) !== undefined),
	);
	const unknown = missing.map((field) => `No item has the field '${field}'`);
	const message = sentences(
		merge,
		result,
		`The message for a chat is the field 'text'${sheet}`,
		...unknown,
	);
	context.addExecutionHints?.({ message, location: 'outputPane' });
}

function dateText(timeZone: string): string {
	return new Date().toLocaleString('en-US', {
		...{ year: 'numeric', month: 'long', day: 'numeric' },
		...{ hour: 'numeric', minute: '2-digit', timeZone, timeZoneName: 'short' },
	});
}

function fileName(title: string): string {
	const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
	return words.join('-').slice(0, 60) || 'report';
}
